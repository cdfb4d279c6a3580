package dev.goldline.modelruntime.kernels;

import static dev.goldline.modelruntime.kernels.PackedMatrix.BLOCK;

import jdk.incubator.vector.FloatVector;
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
            FloatVector greatest = FloatVector.fromArray(FLOATS, max, h);
            for (int at = h; at < keys * heads; at += heads) {
                greatest = greatest.max(FloatVector.fromArray(FLOATS, s, at).mul(scale));
            }
            for (int lane = h; lane < h + LANES; lane++) {
                carry[lane] = max[lane];
            }
            greatest.intoArray(max, h);
            for (int lane = h; lane < h + LANES; lane++) {
                carry[lane] = ScalarKernels.exp(carry[lane] - max[lane]);
            }
            for (int at = h; at < keys * heads; at += heads) {
                FloatVector.fromArray(FLOATS, s, at).mul(scale).sub(greatest).intoArray(s, at);
            }
        }
        VectorExp.inPlace(s, keys * heads);
        for (int h = 0; h < heads; h += LANES) {
            FloatVector total = FloatVector.fromArray(FLOATS, sum, h).mul(FloatVector.fromArray(FLOATS, carry, h));
            for (int at = h; at < keys * heads; at += heads) {
                total = total.add(FloatVector.fromArray(FLOATS, s, at));
            }
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
    public void indexScores(
            float[] q, float[] w, int heads, int dims, float[] keys, int stride, int count, float[] out) {
        for (int key = 0; key < count; key += LANES) {
            FloatVector total = FloatVector.zero(FLOATS);
            for (int head = 0; head < heads; head++) {
                FloatVector dot = FloatVector.zero(FLOATS);
                for (int d = 0; d < dims; d++) {
                    dot = FloatVector.fromArray(FLOATS, keys, d * stride + key)
                            .fma(FloatVector.broadcast(FLOATS, q[head * dims + d]), dot);
                }
                total = dot.reinterpretAsInts()
                        .max(0)
                        .reinterpretAsFloats()
                        .fma(FloatVector.broadcast(FLOATS, w[head]), total);
            }
            total.intoArray(out, key);
        }
    }

    @Override
    public int indexBoundsAbove(
            float[] q,
            float[] w,
            float[] starts,
            int heads,
            int dims,
            int[] pairs,
            int keys,
            float floor,
            int base,
            int[] found,
            float[] bounds,
            int foundAt) {
        return VectorIndexBounds.above(q, w, starts, heads, dims, pairs, keys, floor, base, found, bounds, foundAt);
    }

    /** Bisects between the least and the greatest value: quickselect's branches cost more than counting. */
    @Override
    public float kthLargest(float[] values, int count, int k) {
        int bound = FLOATS.loopBound(count);
        VectorMask<Float> rest = FLOATS.indexInRange(bound, count);
        FloatVector tail = FloatVector.fromArray(FLOATS, values, bound, rest);
        FloatVector least = tail.blend(Float.POSITIVE_INFINITY, rest.not());
        FloatVector greatest = tail.blend(Float.NEGATIVE_INFINITY, rest.not());
        for (int i = 0; i < bound; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, values, i);
            least = least.min(v);
            greatest = greatest.max(v);
        }
        int low = FloatOrder.of(least.reduceLanes(VectorOperators.MIN));
        // Adding 0 makes -0.0 equal to 0.0.
        int high = FloatOrder.of(greatest.reduceLanes(VectorOperators.MAX) + 0f);
        while (low < high) {
            int middle = FloatOrder.middle(low, high);
            float from = FloatOrder.value(middle);
            int found = tail.compare(VectorOperators.GE, from, rest).trueCount();
            for (int i = 0; i < bound; i += LANES) {
                found += FloatVector.fromArray(FLOATS, values, i)
                        .compare(VectorOperators.GE, from)
                        .trueCount();
            }
            if (found == k) {
                return leastFrom(from, values, bound, tail, rest);
            }
            low = found > k ? middle : low;
            high = found > k ? high : middle - 1;
        }
        return FloatOrder.value(low) + 0f;
    }

    private static float leastFrom(float from, float[] values, int bound, FloatVector tail, VectorMask<Float> rest) {
        FloatVector none = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
        FloatVector least = none.blend(tail, tail.compare(VectorOperators.GE, from, rest));
        for (int i = 0; i < bound; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, values, i);
            least = least.min(none.blend(v, v.compare(VectorOperators.GE, from)));
        }
        return least.reduceLanes(VectorOperators.MIN) + 0f;
    }

    @Override
    public void swiglu(float[] gate, float[] up, int at, int count) {
        int done = VectorExp.swiglu(gate, up, at, count);
        for (int i = at + done; i < at + count; i++) {
            gate[i] = gate[i] * ScalarKernels.sigmoid(gate[i]) * up[i];
        }
    }

    @Override
    public void sigmoid(float[] x, int at, int count) {
        for (int i = at; i < at + count; i++) {
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
}
