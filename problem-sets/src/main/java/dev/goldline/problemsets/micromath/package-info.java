/**
 * Small maths problems from a seed, each with its reference solution written out at three lengths.
 *
 * <p>A problem is a pure function of family, level, split, seed and index. Its key names the family and the numbers, and
 * the key's hash alone decides whether it belongs to training or to evaluation, so the two can never share a problem. A
 * solution is meant to be learnt by a very small model: one notation for each skill, and every number derivable from
 * what stands just before it.
 */
@NullMarked
package dev.goldline.problemsets.micromath;

import org.jspecify.annotations.NullMarked;
