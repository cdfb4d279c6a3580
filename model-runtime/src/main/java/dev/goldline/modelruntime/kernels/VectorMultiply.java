package dev.goldline.modelruntime.kernels;

import static dev.goldline.modelruntime.kernels.PackedMatrix.BLOCK;
import static dev.goldline.modelruntime.kernels.VectorKernels.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix by vector, and by four vectors at once. A decode step is bound by reading weights: one block is read as one
 * stream into four accumulators, enough to hide the latency of a fused multiply-add. A prefill is bound by arithmetic:
 * each weight vector read serves up to four tokens, with four accumulators each. Rows past the matrix's last are not
 * stored: the next token's output may lie there.
 */
final class VectorMultiply {
    private static final int LANES = FLOATS.length();
    private static final VectorSpecies<Short> SHORTS =
            VectorSpecies.of(short.class, VectorShape.forBitSize(FLOATS.vectorBitSize() / 2));

    private VectorMultiply() {}

    static void fp32(
            PackedMatrix.Fp32 w, float[] x, int xAt, int xStride, int tokens, float[] y, int yAt, int yStride) {
        for (int row = 0; row < w.rows(); row += LANES) {
            int at = row / BLOCK * w.columns() * BLOCK + row % BLOCK;
            int t = 0;
            for (; t + 4 <= tokens; t += 4) {
                fourTokens(w, at, x, xAt + t * xStride, xStride, y, yAt + t * yStride + row, yStride, row);
            }
            for (; t < tokens; t++) {
                oneToken(w, at, x, xAt + t * xStride, y, yAt + t * yStride + row, row);
            }
        }
    }

    static void bf16(
            PackedMatrix.Bf16 w, float[] x, int xAt, int xStride, int tokens, float[] y, int yAt, int yStride) {
        for (int row = 0; row < w.rows(); row += LANES) {
            int at = row / BLOCK * w.columns() * BLOCK + row % BLOCK;
            int t = 0;
            for (; t + 2 <= tokens; t += 2) {
                twoTokens(w, at, x, xAt + t * xStride, xStride, y, yAt + t * yStride + row, yStride, row);
            }
            for (; t < tokens; t++) {
                oneToken(w, at, x, xAt + t * xStride, y, yAt + t * yStride + row, row);
            }
        }
    }

    private static void oneToken(PackedMatrix.Fp32 w, int at, float[] x, int xAt, float[] y, int yAt, int row) {
        float[] data = w.data();
        int columns = w.columns();
        FloatVector p0 = FloatVector.zero(FLOATS);
        FloatVector p1 = p0;
        FloatVector p2 = p0;
        FloatVector p3 = p0;
        int c = 0;
        for (; c + 4 <= columns; c += 4) {
            int from = at + c * BLOCK;
            p0 = FloatVector.fromArray(FLOATS, data, from).fma(all(x[xAt + c]), p0);
            p1 = FloatVector.fromArray(FLOATS, data, from + BLOCK).fma(all(x[xAt + c + 1]), p1);
            p2 = FloatVector.fromArray(FLOATS, data, from + 2 * BLOCK).fma(all(x[xAt + c + 2]), p2);
            p3 = FloatVector.fromArray(FLOATS, data, from + 3 * BLOCK).fma(all(x[xAt + c + 3]), p3);
        }
        if (c < columns) {
            p0 = FloatVector.fromArray(FLOATS, data, at + c * BLOCK).fma(all(x[xAt + c]), p0);
        }
        if (c + 1 < columns) {
            p1 = FloatVector.fromArray(FLOATS, data, at + (c + 1) * BLOCK).fma(all(x[xAt + c + 1]), p1);
        }
        if (c + 2 < columns) {
            p2 = FloatVector.fromArray(FLOATS, data, at + (c + 2) * BLOCK).fma(all(x[xAt + c + 2]), p2);
        }
        p0 = p0.add(p1).add(p2.add(p3));
        int left = w.rows() - row;
        if (left >= LANES) {
            p0.intoArray(y, yAt);
        } else {
            p0.intoArray(y, yAt, FLOATS.indexInRange(0, left));
        }
    }

    private static void oneToken(PackedMatrix.Bf16 w, int at, float[] x, int xAt, float[] y, int yAt, int row) {
        short[] data = w.data();
        int columns = w.columns();
        FloatVector p0 = FloatVector.zero(FLOATS);
        FloatVector p1 = p0;
        FloatVector p2 = p0;
        FloatVector p3 = p0;
        int c = 0;
        for (; c + 4 <= columns; c += 4) {
            int from = at + c * BLOCK;
            p0 = widen(data, from).fma(all(x[xAt + c]), p0);
            p1 = widen(data, from + BLOCK).fma(all(x[xAt + c + 1]), p1);
            p2 = widen(data, from + 2 * BLOCK).fma(all(x[xAt + c + 2]), p2);
            p3 = widen(data, from + 3 * BLOCK).fma(all(x[xAt + c + 3]), p3);
        }
        if (c < columns) {
            p0 = widen(data, at + c * BLOCK).fma(all(x[xAt + c]), p0);
        }
        if (c + 1 < columns) {
            p1 = widen(data, at + (c + 1) * BLOCK).fma(all(x[xAt + c + 1]), p1);
        }
        if (c + 2 < columns) {
            p2 = widen(data, at + (c + 2) * BLOCK).fma(all(x[xAt + c + 2]), p2);
        }
        p0 = p0.add(p1).add(p2.add(p3));
        int left = w.rows() - row;
        if (left >= LANES) {
            p0.intoArray(y, yAt);
        } else {
            p0.intoArray(y, yAt, FLOATS.indexInRange(0, left));
        }
    }

    private static void fourTokens(
            PackedMatrix.Fp32 w, int at, float[] x, int xAt, int xStride, float[] y, int yAt, int yStride, int row) {
        float[] data = w.data();
        int columns = w.columns();
        int b = xAt + xStride;
        int e = b + xStride;
        int d = e + xStride;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        FloatVector c0 = a0;
        FloatVector c1 = a0;
        FloatVector c2 = a0;
        FloatVector c3 = a0;
        FloatVector d0 = a0;
        FloatVector d1 = a0;
        FloatVector d2 = a0;
        FloatVector d3 = a0;
        int c = 0;
        for (; c + 4 <= columns; c += 4) {
            int from = at + c * BLOCK;
            FloatVector w0 = FloatVector.fromArray(FLOATS, data, from);
            a0 = w0.fma(all(x[xAt + c]), a0);
            b0 = w0.fma(all(x[b + c]), b0);
            c0 = w0.fma(all(x[e + c]), c0);
            d0 = w0.fma(all(x[d + c]), d0);
            FloatVector w1 = FloatVector.fromArray(FLOATS, data, from + BLOCK);
            a1 = w1.fma(all(x[xAt + c + 1]), a1);
            b1 = w1.fma(all(x[b + c + 1]), b1);
            c1 = w1.fma(all(x[e + c + 1]), c1);
            d1 = w1.fma(all(x[d + c + 1]), d1);
            FloatVector w2 = FloatVector.fromArray(FLOATS, data, from + 2 * BLOCK);
            a2 = w2.fma(all(x[xAt + c + 2]), a2);
            b2 = w2.fma(all(x[b + c + 2]), b2);
            c2 = w2.fma(all(x[e + c + 2]), c2);
            d2 = w2.fma(all(x[d + c + 2]), d2);
            FloatVector w3 = FloatVector.fromArray(FLOATS, data, from + 3 * BLOCK);
            a3 = w3.fma(all(x[xAt + c + 3]), a3);
            b3 = w3.fma(all(x[b + c + 3]), b3);
            c3 = w3.fma(all(x[e + c + 3]), c3);
            d3 = w3.fma(all(x[d + c + 3]), d3);
        }
        if (c < columns) {
            FloatVector last = FloatVector.fromArray(FLOATS, data, at + c * BLOCK);
            a0 = last.fma(all(x[xAt + c]), a0);
            b0 = last.fma(all(x[b + c]), b0);
            c0 = last.fma(all(x[e + c]), c0);
            d0 = last.fma(all(x[d + c]), d0);
        }
        if (c + 1 < columns) {
            FloatVector last = FloatVector.fromArray(FLOATS, data, at + (c + 1) * BLOCK);
            a1 = last.fma(all(x[xAt + c + 1]), a1);
            b1 = last.fma(all(x[b + c + 1]), b1);
            c1 = last.fma(all(x[e + c + 1]), c1);
            d1 = last.fma(all(x[d + c + 1]), d1);
        }
        if (c + 2 < columns) {
            FloatVector last = FloatVector.fromArray(FLOATS, data, at + (c + 2) * BLOCK);
            a2 = last.fma(all(x[xAt + c + 2]), a2);
            b2 = last.fma(all(x[b + c + 2]), b2);
            c2 = last.fma(all(x[e + c + 2]), c2);
            d2 = last.fma(all(x[d + c + 2]), d2);
        }
        a0 = a0.add(a1).add(a2.add(a3));
        b0 = b0.add(b1).add(b2.add(b3));
        c0 = c0.add(c1).add(c2.add(c3));
        d0 = d0.add(d1).add(d2.add(d3));
        int left = w.rows() - row;
        if (left >= LANES) {
            a0.intoArray(y, yAt);
            b0.intoArray(y, yAt + yStride);
            c0.intoArray(y, yAt + 2 * yStride);
            d0.intoArray(y, yAt + 3 * yStride);
        } else {
            VectorMask<Float> rows = FLOATS.indexInRange(0, left);
            a0.intoArray(y, yAt, rows);
            b0.intoArray(y, yAt + yStride, rows);
            c0.intoArray(y, yAt + 2 * yStride, rows);
            d0.intoArray(y, yAt + 3 * yStride, rows);
        }
    }

    /** Two tokens, not four: widening takes part of what the compiler is ready to inline. */
    private static void twoTokens(
            PackedMatrix.Bf16 w, int at, float[] x, int xAt, int xStride, float[] y, int yAt, int yStride, int row) {
        short[] data = w.data();
        int columns = w.columns();
        int b = xAt + xStride;
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        int c = 0;
        for (; c + 4 <= columns; c += 4) {
            int from = at + c * BLOCK;
            FloatVector weight = widen(data, from);
            a0 = weight.fma(all(x[xAt + c]), a0);
            b0 = weight.fma(all(x[b + c]), b0);
            weight = widen(data, from + BLOCK);
            a1 = weight.fma(all(x[xAt + c + 1]), a1);
            b1 = weight.fma(all(x[b + c + 1]), b1);
            weight = widen(data, from + 2 * BLOCK);
            a2 = weight.fma(all(x[xAt + c + 2]), a2);
            b2 = weight.fma(all(x[b + c + 2]), b2);
            weight = widen(data, from + 3 * BLOCK);
            a3 = weight.fma(all(x[xAt + c + 3]), a3);
            b3 = weight.fma(all(x[b + c + 3]), b3);
        }
        for (int rest = 0; c + rest < columns; rest++) {
            FloatVector weight = widen(data, at + (c + rest) * BLOCK);
            switch (rest) {
                case 0 -> {
                    a0 = weight.fma(all(x[xAt + c]), a0);
                    b0 = weight.fma(all(x[b + c]), b0);
                }
                case 1 -> {
                    a1 = weight.fma(all(x[xAt + c + 1]), a1);
                    b1 = weight.fma(all(x[b + c + 1]), b1);
                }
                default -> {
                    a2 = weight.fma(all(x[xAt + c + 2]), a2);
                    b2 = weight.fma(all(x[b + c + 2]), b2);
                }
            }
        }
        a0 = a0.add(a1).add(a2.add(a3));
        b0 = b0.add(b1).add(b2.add(b3));
        int left = w.rows() - row;
        if (left >= LANES) {
            a0.intoArray(y, yAt);
            b0.intoArray(y, yAt + yStride);
        } else {
            VectorMask<Float> rows = FLOATS.indexInRange(0, left);
            a0.intoArray(y, yAt, rows);
            b0.intoArray(y, yAt + yStride, rows);
        }
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }

    private static FloatVector widen(short[] bits, int at) {
        return ShortVector.fromArray(SHORTS, bits, at)
                .convertShape(VectorOperators.ZERO_EXTEND_S2I, VectorKernels.INTS, 0)
                .reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, 16)
                .reinterpretAsFloats();
    }
}
