@NullMarked
package dev.goldline.judges.code.contest;

import org.jspecify.annotations.NullMarked;
