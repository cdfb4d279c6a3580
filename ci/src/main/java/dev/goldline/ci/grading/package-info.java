/** How fast answers are graded. */
@NullMarked
package dev.goldline.ci.grading;

import org.jspecify.annotations.NullMarked;
