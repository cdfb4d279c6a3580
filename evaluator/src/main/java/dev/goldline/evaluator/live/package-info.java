/** The live view: what a run has done so far and does now, for the eye on a terminal or in a log, and as JSON events. */
@NullMarked
package dev.goldline.evaluator.live;

import org.jspecify.annotations.NullMarked;
