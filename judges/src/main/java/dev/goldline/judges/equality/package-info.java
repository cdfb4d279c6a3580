/**
 * Whether two answers say the same: yes, no, or not known, each with how it was found.
 *
 * <p>The ladder, from what is exact to what is likely beyond reason: rational numbers; polynomials and rational
 * functions; constants as balls at two precisions, with a separation bound where one is small enough; seeded points; then
 * structure. Every rung is symmetric in its two sides.
 */
@NullMarked
package dev.goldline.judges.equality;

import org.jspecify.annotations.NullMarked;
