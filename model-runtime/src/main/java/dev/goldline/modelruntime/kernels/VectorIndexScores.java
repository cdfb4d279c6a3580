package dev.goldline.modelruntime.kernels;

import static dev.goldline.modelruntime.kernels.PackedMatrix.BLOCK;
import static dev.goldline.modelruntime.kernels.VectorKernels.FLOATS;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Lightning index scores with lanes as keys. Four heads by four vectors of keys make sixteen independent chains, and
 * each vector read serves four multiply-adds. Heads that can only lower a score run over those vectors alone that still hold a key above
 * the floor.
 */
final class VectorIndexScores {
    private static final int LANES = FLOATS.length();
    private static final int GROUP = 4 * LANES;

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
        Arrays.fill(out, 0, count, 0f);
        int key = 0;
        for (; key + GROUP <= count; key += GROUP) {
            int head = 0;
            for (; head + 4 <= positive; head += 4) {
                fourHeadsFourVectors(q, w, head, dims, keys, keysAt, key, out);
            }
            for (; head + 2 <= positive; head += 2) {
                twoHeadsFourVectors(q, w, head, dims, keys, keysAt, key, out);
            }
            if (head < positive) {
                oneHeadFourVectors(q, w, head, dims, keys, keysAt, key, out);
            }
            if (positive < heads) {
                for (int vector = key; vector < key + GROUP; vector += LANES) {
                    lower(q, w, positive, heads, dims, keys, keysAt, vector, floor, out);
                }
            }
        }
        for (; key < count; key += LANES) {
            int head = 0;
            for (; head + 2 <= positive; head += 2) {
                twoHeads(q, w, head, dims, keys, keysAt, key, out);
            }
            if (head < positive) {
                oneHead(q, w, head, dims, keys, keysAt, key, out);
            }
            if (positive < heads) {
                lower(q, w, positive, heads, dims, keys, keysAt, key, floor, out);
            }
        }
    }

    private static void lower(
            float[] q,
            float[] w,
            int positive,
            int heads,
            int dims,
            float[] keys,
            int keysAt,
            int key,
            float floor,
            float[] out) {
        if (!FloatVector.fromArray(FLOATS, out, key)
                .compare(VectorOperators.GT, floor)
                .anyTrue()) {
            return;
        }
        int head = positive;
        for (; head + 2 <= heads; head += 2) {
            twoHeads(q, w, head, dims, keys, keysAt, key, out);
        }
        if (head < heads) {
            oneHead(q, w, head, dims, keys, keysAt, key, out);
        }
    }

    private static int at(int keysAt, int key, int dims) {
        return keysAt + key / BLOCK * dims * BLOCK + key % BLOCK;
    }

    private static void fourHeadsFourVectors(
            float[] q, float[] w, int head, int dims, float[] keys, int keysAt, int key, float[] out) {
        int k0 = at(keysAt, key, dims);
        int k1 = at(keysAt, key + LANES, dims);
        int k2 = at(keysAt, key + 2 * LANES, dims);
        int k3 = at(keysAt, key + 3 * LANES, dims);
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
        FloatVector e0 = a0;
        FloatVector e1 = a0;
        FloatVector e2 = a0;
        FloatVector e3 = a0;
        int qa = head * dims;
        int qb = qa + dims;
        int qc = qb + dims;
        int qe = qc + dims;
        for (int d = 0; d < dims; d++) {
            FloatVector v0 = FloatVector.fromArray(FLOATS, keys, k0 + d * BLOCK);
            FloatVector v1 = FloatVector.fromArray(FLOATS, keys, k1 + d * BLOCK);
            FloatVector v2 = FloatVector.fromArray(FLOATS, keys, k2 + d * BLOCK);
            FloatVector v3 = FloatVector.fromArray(FLOATS, keys, k3 + d * BLOCK);
            FloatVector x = FloatVector.broadcast(FLOATS, q[qa + d]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
            x = FloatVector.broadcast(FLOATS, q[qb + d]);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            b2 = v2.fma(x, b2);
            b3 = v3.fma(x, b3);
            x = FloatVector.broadcast(FLOATS, q[qc + d]);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            c2 = v2.fma(x, c2);
            c3 = v3.fma(x, c3);
            x = FloatVector.broadcast(FLOATS, q[qe + d]);
            e0 = v0.fma(x, e0);
            e1 = v1.fma(x, e1);
            e2 = v2.fma(x, e2);
            e3 = v3.fma(x, e3);
        }
        FloatVector wa = FloatVector.broadcast(FLOATS, w[head]);
        FloatVector wb = FloatVector.broadcast(FLOATS, w[head + 1]);
        FloatVector wc = FloatVector.broadcast(FLOATS, w[head + 2]);
        FloatVector we = FloatVector.broadcast(FLOATS, w[head + 3]);
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector total = FloatVector.fromArray(FLOATS, out, key);
        total = a0.max(zero).fma(wa, total);
        total = b0.max(zero).fma(wb, total);
        total = c0.max(zero).fma(wc, total);
        total = e0.max(zero).fma(we, total);
        total.intoArray(out, key);
        total = FloatVector.fromArray(FLOATS, out, key + LANES);
        total = a1.max(zero).fma(wa, total);
        total = b1.max(zero).fma(wb, total);
        total = c1.max(zero).fma(wc, total);
        total = e1.max(zero).fma(we, total);
        total.intoArray(out, key + LANES);
        total = FloatVector.fromArray(FLOATS, out, key + 2 * LANES);
        total = a2.max(zero).fma(wa, total);
        total = b2.max(zero).fma(wb, total);
        total = c2.max(zero).fma(wc, total);
        total = e2.max(zero).fma(we, total);
        total.intoArray(out, key + 2 * LANES);
        total = FloatVector.fromArray(FLOATS, out, key + 3 * LANES);
        total = a3.max(zero).fma(wa, total);
        total = b3.max(zero).fma(wb, total);
        total = c3.max(zero).fma(wc, total);
        total = e3.max(zero).fma(we, total);
        total.intoArray(out, key + 3 * LANES);
    }

    private static void twoHeadsFourVectors(
            float[] q, float[] w, int head, int dims, float[] keys, int keysAt, int key, float[] out) {
        int k0 = at(keysAt, key, dims);
        int k1 = at(keysAt, key + LANES, dims);
        int k2 = at(keysAt, key + 2 * LANES, dims);
        int k3 = at(keysAt, key + 3 * LANES, dims);
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        FloatVector b0 = a0;
        FloatVector b1 = a0;
        FloatVector b2 = a0;
        FloatVector b3 = a0;
        int qa = head * dims;
        int qb = qa + dims;
        for (int d = 0; d < dims; d++) {
            FloatVector x = FloatVector.broadcast(FLOATS, q[qa + d]);
            FloatVector y = FloatVector.broadcast(FLOATS, q[qb + d]);
            FloatVector k = FloatVector.fromArray(FLOATS, keys, k0 + d * BLOCK);
            a0 = k.fma(x, a0);
            b0 = k.fma(y, b0);
            k = FloatVector.fromArray(FLOATS, keys, k1 + d * BLOCK);
            a1 = k.fma(x, a1);
            b1 = k.fma(y, b1);
            k = FloatVector.fromArray(FLOATS, keys, k2 + d * BLOCK);
            a2 = k.fma(x, a2);
            b2 = k.fma(y, b2);
            k = FloatVector.fromArray(FLOATS, keys, k3 + d * BLOCK);
            a3 = k.fma(x, a3);
            b3 = k.fma(y, b3);
        }
        add(a0, b0, w[head], w[head + 1], out, key);
        add(a1, b1, w[head], w[head + 1], out, key + LANES);
        add(a2, b2, w[head], w[head + 1], out, key + 2 * LANES);
        add(a3, b3, w[head], w[head + 1], out, key + 3 * LANES);
    }

    private static void oneHeadFourVectors(
            float[] q, float[] w, int head, int dims, float[] keys, int keysAt, int key, float[] out) {
        int k0 = at(keysAt, key, dims);
        int k1 = at(keysAt, key + LANES, dims);
        int k2 = at(keysAt, key + 2 * LANES, dims);
        int k3 = at(keysAt, key + 3 * LANES, dims);
        FloatVector a0 = FloatVector.zero(FLOATS);
        FloatVector a1 = a0;
        FloatVector a2 = a0;
        FloatVector a3 = a0;
        for (int d = 0; d < dims; d++) {
            FloatVector x = FloatVector.broadcast(FLOATS, q[head * dims + d]);
            a0 = FloatVector.fromArray(FLOATS, keys, k0 + d * BLOCK).fma(x, a0);
            a1 = FloatVector.fromArray(FLOATS, keys, k1 + d * BLOCK).fma(x, a1);
            a2 = FloatVector.fromArray(FLOATS, keys, k2 + d * BLOCK).fma(x, a2);
            a3 = FloatVector.fromArray(FLOATS, keys, k3 + d * BLOCK).fma(x, a3);
        }
        add(a0, w[head], out, key);
        add(a1, w[head], out, key + LANES);
        add(a2, w[head], out, key + 2 * LANES);
        add(a3, w[head], out, key + 3 * LANES);
    }

    private static void twoHeads(
            float[] q, float[] w, int head, int dims, float[] keys, int keysAt, int key, float[] out) {
        int from = at(keysAt, key, dims);
        FloatVector a = FloatVector.zero(FLOATS);
        FloatVector b = a;
        int qa = head * dims;
        int qb = qa + dims;
        for (int d = 0; d < dims; d++) {
            FloatVector k = FloatVector.fromArray(FLOATS, keys, from + d * BLOCK);
            a = k.fma(FloatVector.broadcast(FLOATS, q[qa + d]), a);
            b = k.fma(FloatVector.broadcast(FLOATS, q[qb + d]), b);
        }
        add(a, b, w[head], w[head + 1], out, key);
    }

    private static void oneHead(
            float[] q, float[] w, int head, int dims, float[] keys, int keysAt, int key, float[] out) {
        int from = at(keysAt, key, dims);
        FloatVector a = FloatVector.zero(FLOATS);
        for (int d = 0; d < dims; d++) {
            a = FloatVector.fromArray(FLOATS, keys, from + d * BLOCK)
                    .fma(FloatVector.broadcast(FLOATS, q[head * dims + d]), a);
        }
        add(a, w[head], out, key);
    }

    private static void add(FloatVector dot, float weight, float[] out, int at) {
        dot.max(0f)
                .fma(FloatVector.broadcast(FLOATS, weight), FloatVector.fromArray(FLOATS, out, at))
                .intoArray(out, at);
    }

    private static void add(FloatVector first, FloatVector second, float w1, float w2, float[] out, int at) {
        FloatVector total =
                first.max(0f).fma(FloatVector.broadcast(FLOATS, w1), FloatVector.fromArray(FLOATS, out, at));
        second.max(0f).fma(FloatVector.broadcast(FLOATS, w2), total).intoArray(out, at);
    }
}
