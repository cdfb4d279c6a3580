package dev.goldline.modelruntime.kernels;

import static dev.goldline.modelruntime.kernels.PackedMatrix.BLOCK;

import dev.goldline.modelruntime.checkpoint.FloatFormats;

/** Plain loops: the specification of every operation's rounding, and the fallback without SIMD. */
final class ScalarKernels implements Kernels {
    private static final int HIGH_HALF = 0xFFFF0000;

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public void multiply(PackedMatrix w, float[] x, int xAt, int xStride, int tokens, float[] y, int yAt, int yStride) {
        for (int t = 0; t < tokens; t++) {
            for (int row = 0; row < w.rows(); row++) {
                int at = row / BLOCK * w.columns() * BLOCK + row % BLOCK;
                y[yAt + t * yStride + row] = switch (w) {
                    case PackedMatrix.Fp32 m -> dot(m.data(), at, x, xAt + t * xStride, m.columns());
                    case PackedMatrix.Bf16 m -> dot(m.data(), at, x, xAt + t * xStride, m.columns());
                };
            }
        }
    }

    private static float dot(float[] w, int at, float[] x, int xAt, int columns) {
        float p0 = 0;
        float p1 = 0;
        float p2 = 0;
        float p3 = 0;
        for (int c = 0; c < columns; c++) {
            float weight = w[at + c * BLOCK];
            switch (c & 3) {
                case 0 -> p0 = Math.fma(weight, x[xAt + c], p0);
                case 1 -> p1 = Math.fma(weight, x[xAt + c], p1);
                case 2 -> p2 = Math.fma(weight, x[xAt + c], p2);
                default -> p3 = Math.fma(weight, x[xAt + c], p3);
            }
        }
        return (p0 + p1) + (p2 + p3);
    }

    private static float dot(short[] w, int at, float[] x, int xAt, int columns) {
        float p0 = 0;
        float p1 = 0;
        float p2 = 0;
        float p3 = 0;
        for (int c = 0; c < columns; c++) {
            float weight = FloatFormats.fromBf16(w[at + c * BLOCK]);
            switch (c & 3) {
                case 0 -> p0 = Math.fma(weight, x[xAt + c], p0);
                case 1 -> p1 = Math.fma(weight, x[xAt + c], p1);
                case 2 -> p2 = Math.fma(weight, x[xAt + c], p2);
                default -> p3 = Math.fma(weight, x[xAt + c], p3);
            }
        }
        return (p0 + p1) + (p2 + p3);
    }

    @Override
    public void softmaxTile(float[] s, int keys, int heads, float scale, float[] max, float[] sum, float[] carry) {
        for (int h = 0; h < heads; h++) {
            float greatest = max[h];
            for (int key = 0; key < keys; key++) {
                greatest = Math.max(greatest, s[key * heads + h] * scale);
            }
            carry[h] = exp(max[h] - greatest);
            max[h] = greatest;
            float total = sum[h] * carry[h];
            for (int key = 0; key < keys; key++) {
                float e = exp(s[key * heads + h] * scale - greatest);
                s[key * heads + h] = e;
                total += e;
            }
            sum[h] = total;
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
        for (int h = 0; h < heads; h++) {
            for (int d = 0; d < dims; d++) {
                float total = out[outAt + h * dims + d] * carry[h];
                for (int key = 0; key < keys; key++) {
                    total = Math.fma(p[key * pStride + h], rows[rowsAt + key * rowStride + d], total);
                }
                out[outAt + h * dims + d] = total;
            }
        }
    }

    @Override
    public void indexScores(
            float[] q, float[] w, int heads, int dims, float[] keys, int stride, int count, float[] out) {
        for (int key = 0; key < count; key++) {
            float total = 0;
            for (int head = 0; head < heads; head++) {
                float dot = 0;
                for (int d = 0; d < dims; d++) {
                    dot = Math.fma(keys[d * stride + key], q[head * dims + d], dot);
                }
                total = Math.fma(dot > 0 ? dot : 0f, w[head], total);
            }
            out[key] = total;
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
        int to = foundAt;
        for (int key = 0; key < keys; key++) {
            int at = key / INDEX_GROUP * (dims / 2) * INDEX_GROUP + key % INDEX_GROUP;
            float total = 0;
            for (int head = 0; head < heads; head++) {
                float dot = starts[head];
                for (int d = 0; d < dims; d += 2) {
                    int pair = pairs[at + d / 2 * INDEX_GROUP];
                    dot = Math.fma(Float.intBitsToFloat(pair << 16), q[head * dims + d], dot);
                    dot = Math.fma(Float.intBitsToFloat(pair & HIGH_HALF), q[head * dims + d + 1], dot);
                }
                total = Math.fma(dot > 0 ? dot : 0f, w[head], total);
            }
            if (total > floor) {
                found[to] = base + key;
                bounds[to++] = total;
            }
        }
        return to - foundAt;
    }

    @Override
    public float kthLargest(float[] values, int count, int k) {
        int low = FloatOrder.LEAST;
        int high = FloatOrder.GREATEST;
        while (low < high) {
            int middle = FloatOrder.middle(low, high);
            float least = FloatOrder.value(middle);
            int found = 0;
            for (int i = 0; i < count; i++) {
                found += values[i] >= least ? 1 : 0;
            }
            if (found >= k) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return FloatOrder.value(low);
    }

    @Override
    public void swiglu(float[] gate, float[] up, int at, int count) {
        for (int i = at; i < at + count; i++) {
            gate[i] = gate[i] * sigmoid(gate[i]) * up[i];
        }
    }

    @Override
    public void sigmoid(float[] x, int at, int count) {
        for (int i = at; i < at + count; i++) {
            x[i] = sigmoid(x[i]);
        }
    }

    @Override
    public void axpy(float a, float[] x, int xAt, float[] y, int yAt, int count) {
        for (int i = 0; i < count; i++) {
            y[yAt + i] = Math.fma(a, x[xAt + i], y[yAt + i]);
        }
    }

    /** Only exponentials of numbers at most 0 are taken, so that nothing overflows. */
    static float sigmoid(float x) {
        float e = exp(-Math.abs(x));
        return (x < 0 ? e : 1f) / (1f + e);
    }

    /** {@code exp(x)} for {@code x <= 0}; see {@link ExpConstants}. */
    static float exp(float x) {
        float clamped = Math.max(x, ExpConstants.LEAST);
        float shifted = Math.fma(clamped, ExpConstants.LOG2_E, ExpConstants.ROUND);
        float n = shifted - ExpConstants.ROUND;
        float r = Math.fma(n, -ExpConstants.LN2_HIGH, clamped);
        r = Math.fma(n, -ExpConstants.LN2_LOW, r);
        float p = Math.fma(ExpConstants.C7, r, ExpConstants.C6);
        p = Math.fma(p, r, ExpConstants.C5);
        p = Math.fma(p, r, ExpConstants.C4);
        p = Math.fma(p, r, ExpConstants.C3);
        p = Math.fma(p, r, ExpConstants.C2);
        p = Math.fma(p, r, 1f);
        p = Math.fma(p, r, 1f);
        float result = Float.intBitsToFloat(Float.floatToRawIntBits(p) + (Float.floatToRawIntBits(shifted) << 23));
        return x < ExpConstants.LEAST ? 0f : result;
    }
}
