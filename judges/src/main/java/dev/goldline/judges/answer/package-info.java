/**
 * Marks final answers: find the box, read both sides into values, compare the values exactly.
 *
 * <p>What cannot be read in full is unknown. Nothing is dropped to make a text readable, nothing is guessed, and no text
 * is ever evaluated.
 */
@NullMarked
package dev.goldline.judges.answer;

import org.jspecify.annotations.NullMarked;
