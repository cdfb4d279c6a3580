package dev.goldline.modelruntime.kernels;

import static dev.goldline.modelruntime.kernels.Kernels.INDEX_GROUP;
import static dev.goldline.modelruntime.kernels.VectorKernels.FLOATS;
import static dev.goldline.modelruntime.kernels.VectorKernels.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Bounds of lightning index scores with lanes as keys. Keys rounded to bf16 take half the bytes to read, and two of
 * their dimensions lie in one lane, so that a shift or a mask makes them floats; widening conversions cost more than the
 * multiply-adds. Up to four heads by four vectors of keys make sixteen independent chains, and each vector read serves
 * four multiply-adds. Heads that can only lower a score run over a group of four vectors only if one of its keys can
 * still pass the floor. Written out for one to four heads: vectors handed to a method of ours may be boxed, which costs
 * tenfold.
 */
final class VectorIndexBounds {
    private static final int LANES = FLOATS.length();
    private static final int GROUP = 4 * LANES;
    private static final int HIGH_HALF = 0xFFFF0000;

    private VectorIndexBounds() {}

    static void bound(
            float[] q,
            float[] w,
            int positive,
            int heads,
            int dims,
            int[] pairs,
            float[] norms,
            float slack,
            int keys,
            float floor,
            float[] out) {
        int count = Math.ceilDiv(keys, GROUP) * GROUP;
        for (int key = 0; key < count; key += GROUP) {
            FloatVector start = FloatVector.broadcast(FLOATS, slack * norms[key / INDEX_GROUP]);
            start.intoArray(out, key);
            start.intoArray(out, key + LANES);
            start.intoArray(out, key + 2 * LANES);
            start.intoArray(out, key + 3 * LANES);
            group(q, w, 0, positive, dims, pairs, key, out);
            if (positive < heads && anyAbove(key, floor, out)) {
                group(q, w, positive, heads, dims, pairs, key, out);
            }
        }
    }

    private static int at(int key, int dims) {
        return key / INDEX_GROUP * (dims / 2) * INDEX_GROUP + key % INDEX_GROUP;
    }

    private static boolean anyAbove(int key, float floor, float[] out) {
        return FloatVector.fromArray(FLOATS, out, key)
                .max(FloatVector.fromArray(FLOATS, out, key + LANES))
                .max(FloatVector.fromArray(FLOATS, out, key + 2 * LANES)
                        .max(FloatVector.fromArray(FLOATS, out, key + 3 * LANES)))
                .compare(VectorOperators.GT, floor)
                .anyTrue();
    }

    private static void group(float[] q, float[] w, int from, int to, int dims, int[] pairs, int key, float[] out) {
        int head = from;
        for (; head + 4 <= to; head += 4) {
            fourHeads(q, w, head, dims, pairs, key, out);
        }
        switch (to - head) {
            case 3 -> threeHeads(q, w, head, dims, pairs, key, out);
            case 2 -> twoHeads(q, w, head, dims, pairs, key, out);
            case 1 -> oneHead(q, w, head, dims, pairs, key, out);
            default -> {}
        }
    }

    private static void fourHeads(float[] q, float[] w, int head, int dims, int[] pairs, int key, float[] out) {
        int k0 = at(key, dims);
        int k1 = at(key + LANES, dims);
        int k2 = at(key + 2 * LANES, dims);
        int k3 = at(key + 3 * LANES, dims);
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector b3 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector c3 = zero;
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector e2 = zero;
        FloatVector e3 = zero;
        int qa = head * dims;
        int qb = qa + dims;
        int qc = qb + dims;
        int qe = qc + dims;
        for (int d = 0; d < dims; d += 2) {
            int at = d / 2 * INDEX_GROUP;
            IntVector p0 = IntVector.fromArray(INTS, pairs, k0 + at);
            IntVector p1 = IntVector.fromArray(INTS, pairs, k1 + at);
            IntVector p2 = IntVector.fromArray(INTS, pairs, k2 + at);
            IntVector p3 = IntVector.fromArray(INTS, pairs, k3 + at);
            FloatVector v0 = p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v1 = p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v2 = p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v3 = p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
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
            v0 = p0.and(HIGH_HALF).reinterpretAsFloats();
            v1 = p1.and(HIGH_HALF).reinterpretAsFloats();
            v2 = p2.and(HIGH_HALF).reinterpretAsFloats();
            v3 = p3.and(HIGH_HALF).reinterpretAsFloats();
            x = FloatVector.broadcast(FLOATS, q[qa + d + 1]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
            x = FloatVector.broadcast(FLOATS, q[qb + d + 1]);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            b2 = v2.fma(x, b2);
            b3 = v3.fma(x, b3);
            x = FloatVector.broadcast(FLOATS, q[qc + d + 1]);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            c2 = v2.fma(x, c2);
            c3 = v3.fma(x, c3);
            x = FloatVector.broadcast(FLOATS, q[qe + d + 1]);
            e0 = v0.fma(x, e0);
            e1 = v1.fma(x, e1);
            e2 = v2.fma(x, e2);
            e3 = v3.fma(x, e3);
        }
        FloatVector wa = FloatVector.broadcast(FLOATS, w[head]);
        FloatVector wb = FloatVector.broadcast(FLOATS, w[head + 1]);
        FloatVector wc = FloatVector.broadcast(FLOATS, w[head + 2]);
        FloatVector we = FloatVector.broadcast(FLOATS, w[head + 3]);
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

    private static void threeHeads(float[] q, float[] w, int head, int dims, int[] pairs, int key, float[] out) {
        int k0 = at(key, dims);
        int k1 = at(key + LANES, dims);
        int k2 = at(key + 2 * LANES, dims);
        int k3 = at(key + 3 * LANES, dims);
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector b3 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector c2 = zero;
        FloatVector c3 = zero;
        int qa = head * dims;
        int qb = qa + dims;
        int qc = qb + dims;
        for (int d = 0; d < dims; d += 2) {
            int at = d / 2 * INDEX_GROUP;
            IntVector p0 = IntVector.fromArray(INTS, pairs, k0 + at);
            IntVector p1 = IntVector.fromArray(INTS, pairs, k1 + at);
            IntVector p2 = IntVector.fromArray(INTS, pairs, k2 + at);
            IntVector p3 = IntVector.fromArray(INTS, pairs, k3 + at);
            FloatVector v0 = p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v1 = p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v2 = p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v3 = p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
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
            v0 = p0.and(HIGH_HALF).reinterpretAsFloats();
            v1 = p1.and(HIGH_HALF).reinterpretAsFloats();
            v2 = p2.and(HIGH_HALF).reinterpretAsFloats();
            v3 = p3.and(HIGH_HALF).reinterpretAsFloats();
            x = FloatVector.broadcast(FLOATS, q[qa + d + 1]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
            x = FloatVector.broadcast(FLOATS, q[qb + d + 1]);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            b2 = v2.fma(x, b2);
            b3 = v3.fma(x, b3);
            x = FloatVector.broadcast(FLOATS, q[qc + d + 1]);
            c0 = v0.fma(x, c0);
            c1 = v1.fma(x, c1);
            c2 = v2.fma(x, c2);
            c3 = v3.fma(x, c3);
        }
        FloatVector wa = FloatVector.broadcast(FLOATS, w[head]);
        FloatVector wb = FloatVector.broadcast(FLOATS, w[head + 1]);
        FloatVector wc = FloatVector.broadcast(FLOATS, w[head + 2]);
        FloatVector total = FloatVector.fromArray(FLOATS, out, key);
        total = a0.max(zero).fma(wa, total);
        total = b0.max(zero).fma(wb, total);
        total = c0.max(zero).fma(wc, total);
        total.intoArray(out, key);
        total = FloatVector.fromArray(FLOATS, out, key + LANES);
        total = a1.max(zero).fma(wa, total);
        total = b1.max(zero).fma(wb, total);
        total = c1.max(zero).fma(wc, total);
        total.intoArray(out, key + LANES);
        total = FloatVector.fromArray(FLOATS, out, key + 2 * LANES);
        total = a2.max(zero).fma(wa, total);
        total = b2.max(zero).fma(wb, total);
        total = c2.max(zero).fma(wc, total);
        total.intoArray(out, key + 2 * LANES);
        total = FloatVector.fromArray(FLOATS, out, key + 3 * LANES);
        total = a3.max(zero).fma(wa, total);
        total = b3.max(zero).fma(wb, total);
        total = c3.max(zero).fma(wc, total);
        total.intoArray(out, key + 3 * LANES);
    }

    private static void twoHeads(float[] q, float[] w, int head, int dims, int[] pairs, int key, float[] out) {
        int k0 = at(key, dims);
        int k1 = at(key + LANES, dims);
        int k2 = at(key + 2 * LANES, dims);
        int k3 = at(key + 3 * LANES, dims);
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector b2 = zero;
        FloatVector b3 = zero;
        int qa = head * dims;
        int qb = qa + dims;
        for (int d = 0; d < dims; d += 2) {
            int at = d / 2 * INDEX_GROUP;
            IntVector p0 = IntVector.fromArray(INTS, pairs, k0 + at);
            IntVector p1 = IntVector.fromArray(INTS, pairs, k1 + at);
            IntVector p2 = IntVector.fromArray(INTS, pairs, k2 + at);
            IntVector p3 = IntVector.fromArray(INTS, pairs, k3 + at);
            FloatVector v0 = p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v1 = p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v2 = p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v3 = p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
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
            v0 = p0.and(HIGH_HALF).reinterpretAsFloats();
            v1 = p1.and(HIGH_HALF).reinterpretAsFloats();
            v2 = p2.and(HIGH_HALF).reinterpretAsFloats();
            v3 = p3.and(HIGH_HALF).reinterpretAsFloats();
            x = FloatVector.broadcast(FLOATS, q[qa + d + 1]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
            x = FloatVector.broadcast(FLOATS, q[qb + d + 1]);
            b0 = v0.fma(x, b0);
            b1 = v1.fma(x, b1);
            b2 = v2.fma(x, b2);
            b3 = v3.fma(x, b3);
        }
        FloatVector wa = FloatVector.broadcast(FLOATS, w[head]);
        FloatVector wb = FloatVector.broadcast(FLOATS, w[head + 1]);
        FloatVector total = FloatVector.fromArray(FLOATS, out, key);
        total = a0.max(zero).fma(wa, total);
        total = b0.max(zero).fma(wb, total);
        total.intoArray(out, key);
        total = FloatVector.fromArray(FLOATS, out, key + LANES);
        total = a1.max(zero).fma(wa, total);
        total = b1.max(zero).fma(wb, total);
        total.intoArray(out, key + LANES);
        total = FloatVector.fromArray(FLOATS, out, key + 2 * LANES);
        total = a2.max(zero).fma(wa, total);
        total = b2.max(zero).fma(wb, total);
        total.intoArray(out, key + 2 * LANES);
        total = FloatVector.fromArray(FLOATS, out, key + 3 * LANES);
        total = a3.max(zero).fma(wa, total);
        total = b3.max(zero).fma(wb, total);
        total.intoArray(out, key + 3 * LANES);
    }

    private static void oneHead(float[] q, float[] w, int head, int dims, int[] pairs, int key, float[] out) {
        int k0 = at(key, dims);
        int k1 = at(key + LANES, dims);
        int k2 = at(key + 2 * LANES, dims);
        int k3 = at(key + 3 * LANES, dims);
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector a2 = zero;
        FloatVector a3 = zero;
        int qa = head * dims;
        for (int d = 0; d < dims; d += 2) {
            int at = d / 2 * INDEX_GROUP;
            IntVector p0 = IntVector.fromArray(INTS, pairs, k0 + at);
            IntVector p1 = IntVector.fromArray(INTS, pairs, k1 + at);
            IntVector p2 = IntVector.fromArray(INTS, pairs, k2 + at);
            IntVector p3 = IntVector.fromArray(INTS, pairs, k3 + at);
            FloatVector v0 = p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v1 = p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v2 = p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector v3 = p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
            FloatVector x = FloatVector.broadcast(FLOATS, q[qa + d]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
            v0 = p0.and(HIGH_HALF).reinterpretAsFloats();
            v1 = p1.and(HIGH_HALF).reinterpretAsFloats();
            v2 = p2.and(HIGH_HALF).reinterpretAsFloats();
            v3 = p3.and(HIGH_HALF).reinterpretAsFloats();
            x = FloatVector.broadcast(FLOATS, q[qa + d + 1]);
            a0 = v0.fma(x, a0);
            a1 = v1.fma(x, a1);
            a2 = v2.fma(x, a2);
            a3 = v3.fma(x, a3);
        }
        FloatVector wa = FloatVector.broadcast(FLOATS, w[head]);
        FloatVector total = FloatVector.fromArray(FLOATS, out, key);
        total = a0.max(zero).fma(wa, total);
        total.intoArray(out, key);
        total = FloatVector.fromArray(FLOATS, out, key + LANES);
        total = a1.max(zero).fma(wa, total);
        total.intoArray(out, key + LANES);
        total = FloatVector.fromArray(FLOATS, out, key + 2 * LANES);
        total = a2.max(zero).fma(wa, total);
        total.intoArray(out, key + 2 * LANES);
        total = FloatVector.fromArray(FLOATS, out, key + 3 * LANES);
        total = a3.max(zero).fma(wa, total);
        total.intoArray(out, key + 3 * LANES);
    }
}
