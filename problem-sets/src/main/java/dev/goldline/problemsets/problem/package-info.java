/** What is asked: a problem of some track, immutable, with all that its judge needs. */
@NullMarked
package dev.goldline.problemsets.problem;

import org.jspecify.annotations.NullMarked;
