/**
 * Finds the answer in a text: by a stated policy, with the offsets where it stood and the rule that found it.
 *
 * <p>One pass over the text, whatever its size; nothing is searched twice.
 */
@NullMarked
package dev.goldline.judges.extraction;

import org.jspecify.annotations.NullMarked;
