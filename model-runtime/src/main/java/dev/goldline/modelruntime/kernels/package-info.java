/**
 * The inner loops of inference behind one interface, {@link dev.goldline.modelruntime.kernels.Kernels}: SIMD where the
 * machine has it, scalar beside it. Every operation has one written order of rounding that does not depend on the width
 * of a vector register, so that both implementations, interpreted or compiled, on any machine, give the same bits.
 */
@NullMarked
package dev.goldline.modelruntime.kernels;

import org.jspecify.annotations.NullMarked;
