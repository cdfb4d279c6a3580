package dev.goldline.modelruntime.kernels;

import static dev.goldline.modelruntime.kernels.PackedMatrix.BLOCK;
import static dev.goldline.modelruntime.kernels.VectorKernels.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Lightning index scores with lanes as keys. Two vectors of keys and up to four heads are in flight: eight independent
 * chains, and each key vector read serves all heads of the group.
 */
final class VectorIndexScores {
    private static final int LANES = FLOATS.length();

    private VectorIndexScores() {}

    static void score(
            float[] q,
            float[] w,
            int positive,
            int heads,
            int dims,
            float[] keys,
            int keysAt,
            int blocks,
            float floor,
            float[] out) {
        int count = blocks * BLOCK;
        int key = 0;
        for (; key + 2 * LANES <= count; key += 2 * LANES) {
            pair(
                    q,
                    w,
                    positive,
                    heads,
                    dims,
                    keys,
                    at(keysAt, key, dims),
                    at(keysAt, key + LANES, dims),
                    floor,
                    out,
                    key);
        }
        if (key < count) {
            // One vector of keys left over: score it twice, store it once.
            int from = at(keysAt, key, dims);
            pair(q, w, positive, heads, dims, keys, from, from, floor, out, key);
        }
    }

    private static int at(int keysAt, int key, int dims) {
        return keysAt + key / BLOCK * dims * BLOCK + key % BLOCK;
    }

    private static void pair(
            float[] q,
            float[] w,
            int positive,
            int heads,
            int dims,
            float[] keys,
            int first,
            int second,
            float floor,
            float[] out,
            int outAt) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector total0 = zero;
        FloatVector total1 = zero;
        int head = 0;
        int end = positive;
        while (true) {
            for (; head + 4 <= end; head += 4) {
                FloatVector a0 = zero;
                FloatVector a1 = zero;
                FloatVector b0 = zero;
                FloatVector b1 = zero;
                FloatVector c0 = zero;
                FloatVector c1 = zero;
                FloatVector d0 = zero;
                FloatVector d1 = zero;
                int qa = head * dims;
                int qb = qa + dims;
                int qc = qb + dims;
                int qd = qc + dims;
                for (int d = 0; d < dims; d++) {
                    FloatVector k0 = FloatVector.fromArray(FLOATS, keys, first + d * BLOCK);
                    FloatVector k1 = FloatVector.fromArray(FLOATS, keys, second + d * BLOCK);
                    FloatVector x = FloatVector.broadcast(FLOATS, q[qa + d]);
                    a0 = k0.fma(x, a0);
                    a1 = k1.fma(x, a1);
                    x = FloatVector.broadcast(FLOATS, q[qb + d]);
                    b0 = k0.fma(x, b0);
                    b1 = k1.fma(x, b1);
                    x = FloatVector.broadcast(FLOATS, q[qc + d]);
                    c0 = k0.fma(x, c0);
                    c1 = k1.fma(x, c1);
                    x = FloatVector.broadcast(FLOATS, q[qd + d]);
                    d0 = k0.fma(x, d0);
                    d1 = k1.fma(x, d1);
                }
                total0 = a0.max(zero).fma(FloatVector.broadcast(FLOATS, w[head]), total0);
                total1 = a1.max(zero).fma(FloatVector.broadcast(FLOATS, w[head]), total1);
                total0 = b0.max(zero).fma(FloatVector.broadcast(FLOATS, w[head + 1]), total0);
                total1 = b1.max(zero).fma(FloatVector.broadcast(FLOATS, w[head + 1]), total1);
                total0 = c0.max(zero).fma(FloatVector.broadcast(FLOATS, w[head + 2]), total0);
                total1 = c1.max(zero).fma(FloatVector.broadcast(FLOATS, w[head + 2]), total1);
                total0 = d0.max(zero).fma(FloatVector.broadcast(FLOATS, w[head + 3]), total0);
                total1 = d1.max(zero).fma(FloatVector.broadcast(FLOATS, w[head + 3]), total1);
            }
            for (; head + 2 <= end; head += 2) {
                FloatVector a0 = zero;
                FloatVector a1 = zero;
                FloatVector b0 = zero;
                FloatVector b1 = zero;
                int qa = head * dims;
                int qb = qa + dims;
                for (int d = 0; d < dims; d++) {
                    FloatVector k0 = FloatVector.fromArray(FLOATS, keys, first + d * BLOCK);
                    FloatVector k1 = FloatVector.fromArray(FLOATS, keys, second + d * BLOCK);
                    FloatVector x = FloatVector.broadcast(FLOATS, q[qa + d]);
                    a0 = k0.fma(x, a0);
                    a1 = k1.fma(x, a1);
                    x = FloatVector.broadcast(FLOATS, q[qb + d]);
                    b0 = k0.fma(x, b0);
                    b1 = k1.fma(x, b1);
                }
                total0 = a0.max(zero).fma(FloatVector.broadcast(FLOATS, w[head]), total0);
                total1 = a1.max(zero).fma(FloatVector.broadcast(FLOATS, w[head]), total1);
                total0 = b0.max(zero).fma(FloatVector.broadcast(FLOATS, w[head + 1]), total0);
                total1 = b1.max(zero).fma(FloatVector.broadcast(FLOATS, w[head + 1]), total1);
            }
            for (; head < end; head++) {
                FloatVector a0 = zero;
                FloatVector a1 = zero;
                int qa = head * dims;
                for (int d = 0; d < dims; d++) {
                    FloatVector x = FloatVector.broadcast(FLOATS, q[qa + d]);
                    a0 = FloatVector.fromArray(FLOATS, keys, first + d * BLOCK).fma(x, a0);
                    a1 = FloatVector.fromArray(FLOATS, keys, second + d * BLOCK).fma(x, a1);
                }
                total0 = a0.max(zero).fma(FloatVector.broadcast(FLOATS, w[head]), total0);
                total1 = a1.max(zero).fma(FloatVector.broadcast(FLOATS, w[head]), total1);
            }
            if (end == heads
                    || !total0.max(total1).compare(VectorOperators.GT, floor).anyTrue()) {
                break;
            }
            end = heads;
        }
        total0.intoArray(out, outAt);
        if (first != second) {
            total1.intoArray(out, outAt + LANES);
        }
    }
}
