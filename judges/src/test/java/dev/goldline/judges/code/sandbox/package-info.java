@NullMarked
package dev.goldline.judges.code.sandbox;

import org.jspecify.annotations.NullMarked;
