/**
 * The run: a plan of attempts fixed in advance, carried out by as many attempts at once as the model
 * bears, each asked, judged and
 * written to the run log before it counts as done.
 *
 * <p>What an attempt does depends on the plan alone, never on what ran before or beside it, so a run may be cut off at
 * any moment and resumed, with any number of threads, and still make the same tokens.
 */
@NullMarked
package dev.goldline.evaluator.run;

import org.jspecify.annotations.NullMarked;
