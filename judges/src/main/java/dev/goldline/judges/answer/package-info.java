/**
 * Marks final answers: find them, read both sides, compare what they say.
 *
 * <p>What cannot be read in full, or not decided within its budget, is unknown. Nothing is dropped to make a text
 * readable, nothing is guessed, and no text is ever evaluated.
 */
@NullMarked
package dev.goldline.judges.answer;

import org.jspecify.annotations.NullMarked;
