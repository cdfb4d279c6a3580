/**
 * Exact and rigorous arithmetic under a budget: rationals, polynomials, and balls (a value and a bound of its error).
 *
 * <p>Budgets count operations and bits, never time, so that the same input always ends the same way.
 */
@NullMarked
package dev.goldline.judges.arithmetic;

import org.jspecify.annotations.NullMarked;
