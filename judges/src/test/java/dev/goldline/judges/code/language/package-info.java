@NullMarked
package dev.goldline.judges.code.language;

import org.jspecify.annotations.NullMarked;
