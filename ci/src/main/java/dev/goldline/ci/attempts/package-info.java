/** Measures the run itself: short attempts from asking to disk, a second and in memory. */
@NullMarked
package dev.goldline.ci.attempts;

import org.jspecify.annotations.NullMarked;
