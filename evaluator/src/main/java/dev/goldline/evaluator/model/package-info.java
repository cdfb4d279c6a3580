/** The verb {@code model}: what a checkpoint holds and costs, and whether an engine computes it as its reference does. */
@NullMarked
package dev.goldline.evaluator.model;

import org.jspecify.annotations.NullMarked;
