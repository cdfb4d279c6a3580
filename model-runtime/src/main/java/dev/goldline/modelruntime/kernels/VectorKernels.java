package dev.goldline.modelruntime.kernels;

import static dev.goldline.modelruntime.kernels.PackedMatrix.BLOCK;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * SIMD over independent results (rows, heads, dimensions, keys): no lane is ever added to another, so the order of
 * rounding is that of {@link ScalarKernels} for any vector width.
 */
final class VectorKernels implements Kernels {
    /** At most one block wide, so that a vector never spans two. */
    static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() > BLOCK ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;

    static final VectorSpecies<Integer> INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(FLOATS.vectorBitSize()));
    private static final int LANES = FLOATS.length();
    private static final ScalarKernels SCALAR = new ScalarKernels();

    @Override
    public String name() {
        return "vector-" + FLOATS.vectorBitSize();
    }

    @Override
    public void multiply(PackedMatrix w, float[] x, int xAt, int xStride, int tokens, float[] y, int yAt, int yStride) {
        switch (w) {
            case PackedMatrix.Fp32 m -> VectorMultiply.fp32(m, x, xAt, xStride, tokens, y, yAt, yStride);
            case PackedMatrix.Bf16 m -> VectorMultiply.bf16(m, x, xAt, xStride, tokens, y, yAt, yStride);
        }
    }

    @Override
    public void softmaxTile(float[] s, int keys, int heads, float scale, float[] max, float[] sum, float[] carry) {
        for (int h = 0; h < heads; h += LANES) {
            FloatVector before = FloatVector.fromArray(FLOATS, max, h);
            FloatVector greatest = before;
            for (int at = h; at < keys * heads; at += heads) {
                greatest = greatest.max(FloatVector.fromArray(FLOATS, s, at).mul(scale));
            }
            FloatVector kept = exp(before.sub(greatest));
            FloatVector total = FloatVector.fromArray(FLOATS, sum, h).mul(kept);
            for (int at = h; at < keys * heads; at += heads) {
                FloatVector e =
                        exp(FloatVector.fromArray(FLOATS, s, at).mul(scale).sub(greatest));
                e.intoArray(s, at);
                total = total.add(e);
            }
            greatest.intoArray(max, h);
            kept.intoArray(carry, h);
            total.intoArray(sum, h);
        }
    }

    @Override
    public void accumulateRows(
            float[] p,
            int pStride,
            int heads,
            float[] rows,
            int rowsAt,
            int rowStride,
            int keys,
            int dims,
            float[] out,
            int outAt,
            float[] carry) {
        int bound = dims - dims % LANES;
        for (int d = 0; d < bound; d += LANES) {
            int h = 0;
            for (; h + 4 <= heads; h += 4) {
                accumulateFour(
                        p, pStride, h, rows, rowsAt + d, rowStride, keys, dims, out, outAt + h * dims + d, carry);
            }
            for (; h < heads; h++) {
                FloatVector total =
                        FloatVector.fromArray(FLOATS, out, outAt + h * dims + d).mul(carry[h]);
                int row = rowsAt + d;
                for (int key = 0; key < keys; key++, row += rowStride) {
                    total = FloatVector.fromArray(FLOATS, rows, row)
                            .fma(FloatVector.broadcast(FLOATS, p[key * pStride + h]), total);
                }
                total.intoArray(out, outAt + h * dims + d);
            }
        }
        for (int h = 0; bound < dims && h < heads; h++) {
            for (int d = bound; d < dims; d++) {
                float total = out[outAt + h * dims + d] * carry[h];
                for (int key = 0; key < keys; key++) {
                    total = Math.fma(p[key * pStride + h], rows[rowsAt + key * rowStride + d], total);
                }
                out[outAt + h * dims + d] = total;
            }
        }
    }

    private static void accumulateFour(
            float[] p,
            int pStride,
            int head,
            float[] rows,
            int rowsAt,
            int rowStride,
            int keys,
            int dims,
            float[] out,
            int outAt,
            float[] carry) {
        FloatVector t0 = FloatVector.fromArray(FLOATS, out, outAt).mul(carry[head]);
        FloatVector t1 = FloatVector.fromArray(FLOATS, out, outAt + dims).mul(carry[head + 1]);
        FloatVector t2 = FloatVector.fromArray(FLOATS, out, outAt + 2 * dims).mul(carry[head + 2]);
        FloatVector t3 = FloatVector.fromArray(FLOATS, out, outAt + 3 * dims).mul(carry[head + 3]);
        int row = rowsAt;
        int weight = head;
        for (int key = 0; key < keys; key++, row += rowStride, weight += pStride) {
            FloatVector r = FloatVector.fromArray(FLOATS, rows, row);
            t0 = r.fma(FloatVector.broadcast(FLOATS, p[weight]), t0);
            t1 = r.fma(FloatVector.broadcast(FLOATS, p[weight + 1]), t1);
            t2 = r.fma(FloatVector.broadcast(FLOATS, p[weight + 2]), t2);
            t3 = r.fma(FloatVector.broadcast(FLOATS, p[weight + 3]), t3);
        }
        t0.intoArray(out, outAt);
        t1.intoArray(out, outAt + dims);
        t2.intoArray(out, outAt + 2 * dims);
        t3.intoArray(out, outAt + 3 * dims);
    }

    @Override
    public void indexBounds(
            float[] q,
            float[] w,
            int positive,
            int heads,
            int dims,
            byte[] codes,
            float[] scales,
            float slack,
            int blocks,
            float floor,
            float[] out) {
        if (VectorIndexBounds.AVAILABLE) {
            VectorIndexBounds.bound(q, w, positive, heads, dims, codes, scales, slack, blocks, floor, out);
        } else {
            SCALAR.indexBounds(q, w, positive, heads, dims, codes, scales, slack, blocks, floor, out);
        }
    }

    @Override
    public int above(float[] scores, int count, float floor, int base, int[] found, float[] values, int foundAt) {
        int at = foundAt;
        int bound = FLOATS.loopBound(count);
        int i = 0;
        for (; i < bound; i += LANES) {
            VectorMask<Float> mask = FloatVector.fromArray(FLOATS, scores, i).compare(VectorOperators.GT, floor);
            for (long bits = mask.toLong(); bits != 0; bits &= bits - 1) {
                int lane = i + Long.numberOfTrailingZeros(bits);
                found[at] = base + lane;
                values[at] = scores[lane];
                at++;
            }
        }
        for (; i < count; i++) {
            if (scores[i] > floor) {
                found[at] = base + i;
                values[at] = scores[i];
                at++;
            }
        }
        return at - foundAt;
    }

    @Override
    public void swiglu(float[] gate, float[] up, int at, int count) {
        int bound = at + FLOATS.loopBound(count);
        int i = at;
        for (; i < bound; i += LANES) {
            FloatVector g = FloatVector.fromArray(FLOATS, gate, i);
            g.mul(sigmoid(g)).mul(FloatVector.fromArray(FLOATS, up, i)).intoArray(gate, i);
        }
        for (; i < at + count; i++) {
            gate[i] = gate[i] * ScalarKernels.sigmoid(gate[i]) * up[i];
        }
    }

    @Override
    public void sigmoid(float[] x, int at, int count) {
        int bound = at + FLOATS.loopBound(count);
        int i = at;
        for (; i < bound; i += LANES) {
            sigmoid(FloatVector.fromArray(FLOATS, x, i)).intoArray(x, i);
        }
        for (; i < at + count; i++) {
            x[i] = ScalarKernels.sigmoid(x[i]);
        }
    }

    @Override
    public void axpy(float a, float[] x, int xAt, float[] y, int yAt, int count) {
        FloatVector factor = FloatVector.broadcast(FLOATS, a);
        int bound = FLOATS.loopBound(count);
        int i = 0;
        for (; i < bound; i += LANES) {
            FloatVector.fromArray(FLOATS, x, xAt + i)
                    .fma(factor, FloatVector.fromArray(FLOATS, y, yAt + i))
                    .intoArray(y, yAt + i);
        }
        for (; i < count; i++) {
            y[yAt + i] = Math.fma(a, x[xAt + i], y[yAt + i]);
        }
    }

    private static FloatVector sigmoid(FloatVector x) {
        FloatVector e = exp(x.abs().neg());
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        return one.blend(e, x.compare(VectorOperators.LT, 0f)).div(e.add(1f));
    }

    private static FloatVector exp(FloatVector x) {
        FloatVector clamped = x.max(ExpConstants.LEAST);
        FloatVector shifted = fma(clamped, ExpConstants.LOG2_E, ExpConstants.ROUND);
        FloatVector n = shifted.sub(ExpConstants.ROUND);
        FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -ExpConstants.LN2_HIGH), clamped);
        r = n.fma(FloatVector.broadcast(FLOATS, -ExpConstants.LN2_LOW), r);
        FloatVector p = fma(r, ExpConstants.C7, ExpConstants.C6);
        p = p.fma(r, FloatVector.broadcast(FLOATS, ExpConstants.C5));
        p = p.fma(r, FloatVector.broadcast(FLOATS, ExpConstants.C4));
        p = p.fma(r, FloatVector.broadcast(FLOATS, ExpConstants.C3));
        p = p.fma(r, FloatVector.broadcast(FLOATS, ExpConstants.C2));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
        p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
        IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
        FloatVector result = p.reinterpretAsInts().add(power).reinterpretAsFloats();
        return result.blend(0f, x.compare(VectorOperators.LT, ExpConstants.LEAST));
    }

    private static FloatVector fma(FloatVector x, float factor, float summand) {
        return x.fma(FloatVector.broadcast(FLOATS, factor), FloatVector.broadcast(FLOATS, summand));
    }
}
