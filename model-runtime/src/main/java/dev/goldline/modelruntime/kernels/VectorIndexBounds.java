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
 * four multiply-adds. Written out for one to four heads: vectors handed to a method of ours may be boxed, which costs
 * tenfold.
 */
final class VectorIndexBounds {
    private static final int LANES = FLOATS.length();
    private static final int GROUP = 4 * LANES;
    private static final int HIGH_HALF = 0xFFFF0000;

    private VectorIndexBounds() {}

    static int above(
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
        // No branch depends on a bound until all are there: a branch mispredicted here would drain the pipeline.
        allHeads(q, w, starts, heads, dims, pairs, keys, bounds, foundAt);
        int to = foundAt;
        for (int key = 0; key < keys; key += GROUP) {
            int from = foundAt + key;
            long passing = passing(bounds, from, floor);
            if (keys - key < GROUP) {
                passing &= (1L << (keys - key)) - 1;
            }
            // A bound moves down or stays, so that none is overwritten before it is read.
            for (; passing != 0; passing &= passing - 1) {
                int lane = Long.numberOfTrailingZeros(passing);
                found[to] = base + key + lane;
                bounds[to++] = bounds[from + lane];
            }
        }
        return to - foundAt;
    }

    private static int at(int key, int dims) {
        return key / INDEX_GROUP * (dims / 2) * INDEX_GROUP + key % INDEX_GROUP;
    }

    private static long passing(float[] bounds, int at, float floor) {
        long bits = 0;
        for (int i = 0; i < GROUP; i += LANES) {
            bits |= FloatVector.fromArray(FLOATS, bounds, at + i)
                            .compare(VectorOperators.GT, floor)
                            .toLong()
                    << i;
        }
        return bits;
    }

    private static void allHeads(
            float[] q, float[] w, float[] starts, int heads, int dims, int[] pairs, int keys, float[] out, int to) {
        int head = 0;
        for (; head + 4 <= heads; head += 4) {
            fourHeads(q, w, starts, head, dims, pairs, keys, out, to);
        }
        switch (heads - head) {
            case 3 -> threeHeads(q, w, starts, head, dims, pairs, keys, out, to);
            case 2 -> twoHeads(q, w, starts, head, dims, pairs, keys, out, to);
            case 1 -> oneHead(q, w, starts, head, dims, pairs, keys, out, to);
            default -> {}
        }
    }

    private static void fourHeads(
            float[] q, float[] w, float[] starts, int head, int dims, int[] pairs, int keys, float[] out, int to) {
        for (int key = 0; key < keys; key += GROUP, to += GROUP) {
            int k0 = at(key, dims);
            int k1 = at(key + LANES, dims);
            int k2 = at(key + 2 * LANES, dims);
            int k3 = at(key + 3 * LANES, dims);
            FloatVector a0 = FloatVector.broadcast(FLOATS, starts[head]);
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            FloatVector b0 = FloatVector.broadcast(FLOATS, starts[head + 1]);
            FloatVector b1 = b0;
            FloatVector b2 = b0;
            FloatVector b3 = b0;
            FloatVector c0 = FloatVector.broadcast(FLOATS, starts[head + 2]);
            FloatVector c1 = c0;
            FloatVector c2 = c0;
            FloatVector c3 = c0;
            FloatVector e0 = FloatVector.broadcast(FLOATS, starts[head + 3]);
            FloatVector e1 = e0;
            FloatVector e2 = e0;
            FloatVector e3 = e0;
            int qa = head * dims;
            int qb = qa + dims;
            int qc = qb + dims;
            int qe = qc + dims;
            int half = dims / 2;
            for (int j = 0; j < half; j++) {
                IntVector p0 = IntVector.fromArray(INTS, pairs, k0 + j * INDEX_GROUP);
                IntVector p1 = IntVector.fromArray(INTS, pairs, k1 + j * INDEX_GROUP);
                IntVector p2 = IntVector.fromArray(INTS, pairs, k2 + j * INDEX_GROUP);
                IntVector p3 = IntVector.fromArray(INTS, pairs, k3 + j * INDEX_GROUP);
                FloatVector v0 = p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v1 = p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v2 = p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v3 = p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector x = FloatVector.broadcast(FLOATS, q[qa + 2 * j]);
                a0 = v0.fma(x, a0);
                a1 = v1.fma(x, a1);
                a2 = v2.fma(x, a2);
                a3 = v3.fma(x, a3);
                x = FloatVector.broadcast(FLOATS, q[qb + 2 * j]);
                b0 = v0.fma(x, b0);
                b1 = v1.fma(x, b1);
                b2 = v2.fma(x, b2);
                b3 = v3.fma(x, b3);
                x = FloatVector.broadcast(FLOATS, q[qc + 2 * j]);
                c0 = v0.fma(x, c0);
                c1 = v1.fma(x, c1);
                c2 = v2.fma(x, c2);
                c3 = v3.fma(x, c3);
                x = FloatVector.broadcast(FLOATS, q[qe + 2 * j]);
                e0 = v0.fma(x, e0);
                e1 = v1.fma(x, e1);
                e2 = v2.fma(x, e2);
                e3 = v3.fma(x, e3);
                v0 = p0.and(HIGH_HALF).reinterpretAsFloats();
                v1 = p1.and(HIGH_HALF).reinterpretAsFloats();
                v2 = p2.and(HIGH_HALF).reinterpretAsFloats();
                v3 = p3.and(HIGH_HALF).reinterpretAsFloats();
                x = FloatVector.broadcast(FLOATS, q[qa + 2 * j + 1]);
                a0 = v0.fma(x, a0);
                a1 = v1.fma(x, a1);
                a2 = v2.fma(x, a2);
                a3 = v3.fma(x, a3);
                x = FloatVector.broadcast(FLOATS, q[qb + 2 * j + 1]);
                b0 = v0.fma(x, b0);
                b1 = v1.fma(x, b1);
                b2 = v2.fma(x, b2);
                b3 = v3.fma(x, b3);
                x = FloatVector.broadcast(FLOATS, q[qc + 2 * j + 1]);
                c0 = v0.fma(x, c0);
                c1 = v1.fma(x, c1);
                c2 = v2.fma(x, c2);
                c3 = v3.fma(x, c3);
                x = FloatVector.broadcast(FLOATS, q[qe + 2 * j + 1]);
                e0 = v0.fma(x, e0);
                e1 = v1.fma(x, e1);
                e2 = v2.fma(x, e2);
                e3 = v3.fma(x, e3);
            }
            FloatVector wa = FloatVector.broadcast(FLOATS, w[head]);
            FloatVector wb = FloatVector.broadcast(FLOATS, w[head + 1]);
            FloatVector wc = FloatVector.broadcast(FLOATS, w[head + 2]);
            FloatVector we = FloatVector.broadcast(FLOATS, w[head + 3]);
            FloatVector total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to);
            total = a0.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b0.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total = c0.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wc, total);
            total = e0.reinterpretAsInts().max(0).reinterpretAsFloats().fma(we, total);
            total.intoArray(out, to);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + LANES);
            total = a1.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b1.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total = c1.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wc, total);
            total = e1.reinterpretAsInts().max(0).reinterpretAsFloats().fma(we, total);
            total.intoArray(out, to + LANES);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + 2 * LANES);
            total = a2.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b2.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total = c2.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wc, total);
            total = e2.reinterpretAsInts().max(0).reinterpretAsFloats().fma(we, total);
            total.intoArray(out, to + 2 * LANES);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + 3 * LANES);
            total = a3.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b3.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total = c3.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wc, total);
            total = e3.reinterpretAsInts().max(0).reinterpretAsFloats().fma(we, total);
            total.intoArray(out, to + 3 * LANES);
        }
    }

    private static void threeHeads(
            float[] q, float[] w, float[] starts, int head, int dims, int[] pairs, int keys, float[] out, int to) {
        for (int key = 0; key < keys; key += GROUP, to += GROUP) {
            int k0 = at(key, dims);
            int k1 = at(key + LANES, dims);
            int k2 = at(key + 2 * LANES, dims);
            int k3 = at(key + 3 * LANES, dims);
            FloatVector a0 = FloatVector.broadcast(FLOATS, starts[head]);
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            FloatVector b0 = FloatVector.broadcast(FLOATS, starts[head + 1]);
            FloatVector b1 = b0;
            FloatVector b2 = b0;
            FloatVector b3 = b0;
            FloatVector c0 = FloatVector.broadcast(FLOATS, starts[head + 2]);
            FloatVector c1 = c0;
            FloatVector c2 = c0;
            FloatVector c3 = c0;
            int qa = head * dims;
            int qb = qa + dims;
            int qc = qb + dims;
            int half = dims / 2;
            for (int j = 0; j < half; j++) {
                IntVector p0 = IntVector.fromArray(INTS, pairs, k0 + j * INDEX_GROUP);
                IntVector p1 = IntVector.fromArray(INTS, pairs, k1 + j * INDEX_GROUP);
                IntVector p2 = IntVector.fromArray(INTS, pairs, k2 + j * INDEX_GROUP);
                IntVector p3 = IntVector.fromArray(INTS, pairs, k3 + j * INDEX_GROUP);
                FloatVector v0 = p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v1 = p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v2 = p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v3 = p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector x = FloatVector.broadcast(FLOATS, q[qa + 2 * j]);
                a0 = v0.fma(x, a0);
                a1 = v1.fma(x, a1);
                a2 = v2.fma(x, a2);
                a3 = v3.fma(x, a3);
                x = FloatVector.broadcast(FLOATS, q[qb + 2 * j]);
                b0 = v0.fma(x, b0);
                b1 = v1.fma(x, b1);
                b2 = v2.fma(x, b2);
                b3 = v3.fma(x, b3);
                x = FloatVector.broadcast(FLOATS, q[qc + 2 * j]);
                c0 = v0.fma(x, c0);
                c1 = v1.fma(x, c1);
                c2 = v2.fma(x, c2);
                c3 = v3.fma(x, c3);
                v0 = p0.and(HIGH_HALF).reinterpretAsFloats();
                v1 = p1.and(HIGH_HALF).reinterpretAsFloats();
                v2 = p2.and(HIGH_HALF).reinterpretAsFloats();
                v3 = p3.and(HIGH_HALF).reinterpretAsFloats();
                x = FloatVector.broadcast(FLOATS, q[qa + 2 * j + 1]);
                a0 = v0.fma(x, a0);
                a1 = v1.fma(x, a1);
                a2 = v2.fma(x, a2);
                a3 = v3.fma(x, a3);
                x = FloatVector.broadcast(FLOATS, q[qb + 2 * j + 1]);
                b0 = v0.fma(x, b0);
                b1 = v1.fma(x, b1);
                b2 = v2.fma(x, b2);
                b3 = v3.fma(x, b3);
                x = FloatVector.broadcast(FLOATS, q[qc + 2 * j + 1]);
                c0 = v0.fma(x, c0);
                c1 = v1.fma(x, c1);
                c2 = v2.fma(x, c2);
                c3 = v3.fma(x, c3);
            }
            FloatVector wa = FloatVector.broadcast(FLOATS, w[head]);
            FloatVector wb = FloatVector.broadcast(FLOATS, w[head + 1]);
            FloatVector wc = FloatVector.broadcast(FLOATS, w[head + 2]);
            FloatVector total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to);
            total = a0.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b0.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total = c0.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wc, total);
            total.intoArray(out, to);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + LANES);
            total = a1.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b1.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total = c1.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wc, total);
            total.intoArray(out, to + LANES);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + 2 * LANES);
            total = a2.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b2.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total = c2.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wc, total);
            total.intoArray(out, to + 2 * LANES);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + 3 * LANES);
            total = a3.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b3.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total = c3.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wc, total);
            total.intoArray(out, to + 3 * LANES);
        }
    }

    private static void twoHeads(
            float[] q, float[] w, float[] starts, int head, int dims, int[] pairs, int keys, float[] out, int to) {
        for (int key = 0; key < keys; key += GROUP, to += GROUP) {
            int k0 = at(key, dims);
            int k1 = at(key + LANES, dims);
            int k2 = at(key + 2 * LANES, dims);
            int k3 = at(key + 3 * LANES, dims);
            FloatVector a0 = FloatVector.broadcast(FLOATS, starts[head]);
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            FloatVector b0 = FloatVector.broadcast(FLOATS, starts[head + 1]);
            FloatVector b1 = b0;
            FloatVector b2 = b0;
            FloatVector b3 = b0;
            int qa = head * dims;
            int qb = qa + dims;
            int half = dims / 2;
            for (int j = 0; j < half; j++) {
                IntVector p0 = IntVector.fromArray(INTS, pairs, k0 + j * INDEX_GROUP);
                IntVector p1 = IntVector.fromArray(INTS, pairs, k1 + j * INDEX_GROUP);
                IntVector p2 = IntVector.fromArray(INTS, pairs, k2 + j * INDEX_GROUP);
                IntVector p3 = IntVector.fromArray(INTS, pairs, k3 + j * INDEX_GROUP);
                FloatVector v0 = p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v1 = p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v2 = p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v3 = p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector x = FloatVector.broadcast(FLOATS, q[qa + 2 * j]);
                a0 = v0.fma(x, a0);
                a1 = v1.fma(x, a1);
                a2 = v2.fma(x, a2);
                a3 = v3.fma(x, a3);
                x = FloatVector.broadcast(FLOATS, q[qb + 2 * j]);
                b0 = v0.fma(x, b0);
                b1 = v1.fma(x, b1);
                b2 = v2.fma(x, b2);
                b3 = v3.fma(x, b3);
                v0 = p0.and(HIGH_HALF).reinterpretAsFloats();
                v1 = p1.and(HIGH_HALF).reinterpretAsFloats();
                v2 = p2.and(HIGH_HALF).reinterpretAsFloats();
                v3 = p3.and(HIGH_HALF).reinterpretAsFloats();
                x = FloatVector.broadcast(FLOATS, q[qa + 2 * j + 1]);
                a0 = v0.fma(x, a0);
                a1 = v1.fma(x, a1);
                a2 = v2.fma(x, a2);
                a3 = v3.fma(x, a3);
                x = FloatVector.broadcast(FLOATS, q[qb + 2 * j + 1]);
                b0 = v0.fma(x, b0);
                b1 = v1.fma(x, b1);
                b2 = v2.fma(x, b2);
                b3 = v3.fma(x, b3);
            }
            FloatVector wa = FloatVector.broadcast(FLOATS, w[head]);
            FloatVector wb = FloatVector.broadcast(FLOATS, w[head + 1]);
            FloatVector total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to);
            total = a0.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b0.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total.intoArray(out, to);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + LANES);
            total = a1.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b1.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total.intoArray(out, to + LANES);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + 2 * LANES);
            total = a2.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b2.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total.intoArray(out, to + 2 * LANES);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + 3 * LANES);
            total = a3.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total = b3.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wb, total);
            total.intoArray(out, to + 3 * LANES);
        }
    }

    private static void oneHead(
            float[] q, float[] w, float[] starts, int head, int dims, int[] pairs, int keys, float[] out, int to) {
        for (int key = 0; key < keys; key += GROUP, to += GROUP) {
            int k0 = at(key, dims);
            int k1 = at(key + LANES, dims);
            int k2 = at(key + 2 * LANES, dims);
            int k3 = at(key + 3 * LANES, dims);
            FloatVector a0 = FloatVector.broadcast(FLOATS, starts[head]);
            FloatVector a1 = a0;
            FloatVector a2 = a0;
            FloatVector a3 = a0;
            int qa = head * dims;
            int half = dims / 2;
            for (int j = 0; j < half; j++) {
                IntVector p0 = IntVector.fromArray(INTS, pairs, k0 + j * INDEX_GROUP);
                IntVector p1 = IntVector.fromArray(INTS, pairs, k1 + j * INDEX_GROUP);
                IntVector p2 = IntVector.fromArray(INTS, pairs, k2 + j * INDEX_GROUP);
                IntVector p3 = IntVector.fromArray(INTS, pairs, k3 + j * INDEX_GROUP);
                FloatVector v0 = p0.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v1 = p1.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v2 = p2.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector v3 = p3.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
                FloatVector x = FloatVector.broadcast(FLOATS, q[qa + 2 * j]);
                a0 = v0.fma(x, a0);
                a1 = v1.fma(x, a1);
                a2 = v2.fma(x, a2);
                a3 = v3.fma(x, a3);
                v0 = p0.and(HIGH_HALF).reinterpretAsFloats();
                v1 = p1.and(HIGH_HALF).reinterpretAsFloats();
                v2 = p2.and(HIGH_HALF).reinterpretAsFloats();
                v3 = p3.and(HIGH_HALF).reinterpretAsFloats();
                x = FloatVector.broadcast(FLOATS, q[qa + 2 * j + 1]);
                a0 = v0.fma(x, a0);
                a1 = v1.fma(x, a1);
                a2 = v2.fma(x, a2);
                a3 = v3.fma(x, a3);
            }
            FloatVector wa = FloatVector.broadcast(FLOATS, w[head]);
            FloatVector total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to);
            total = a0.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total.intoArray(out, to);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + LANES);
            total = a1.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total.intoArray(out, to + LANES);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + 2 * LANES);
            total = a2.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total.intoArray(out, to + 2 * LANES);
            total = head == 0 ? FloatVector.zero(FLOATS) : FloatVector.fromArray(FLOATS, out, to + 3 * LANES);
            total = a3.reinterpretAsInts().max(0).reinterpretAsFloats().fma(wa, total);
            total.intoArray(out, to + 3 * LANES);
        }
    }
}
