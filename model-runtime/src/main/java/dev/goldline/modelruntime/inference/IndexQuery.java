package dev.goldline.modelruntime.inference;

/**
 * One token's query to the lightning indexer. Heads are put in order of the sign of their weight, those above zero
 * first, each group in its original order: the others can only lower a score.
 */
final class IndexQuery {
    /** Half a unit in the last of bf16's eight places, and a little more. */
    private static final double BF16_ERROR = 0x1.01p-9;

    /** For each operation of the two sums compared: fp32's relative error, and as much again. */
    private static final double SUM_ERROR = 0x1p-22;

    private final int heads;
    private final int given;
    private final int dims;
    private final float[] queries;
    private final float[] weights;
    private int positive;
    private float slack;
    private float size;

    IndexQuery(int heads, int dims) {
        this.heads = heads;
        this.given = dims;
        this.dims = LatentCache.even(dims);
        this.queries = new float[heads * this.dims];
        this.weights = new float[heads];
    }

    /** Takes rotated queries {@code [heads, dims]} and scaled head weights. */
    void set(float[] q, int qAt, float[] w, int wAt) {
        int next = 0;
        for (int head = 0; head < heads; head++) {
            if (w[wAt + head] > 0) {
                put(next++, head, q, qAt, w, wAt);
            }
        }
        positive = next;
        for (int head = 0; head < heads; head++) {
            if (!(w[wAt + head] > 0)) {
                put(next++, head, q, qAt, w, wAt);
            }
        }
        slack = boundOfRounding();
    }

    /** By Cauchy and Schwarz, a head's product is off by at most the relative error times both lengths. */
    private float boundOfRounding() {
        double sum = 0;
        for (int head = 0; head < heads; head++) {
            double squares = 0;
            for (int d = 0; d < dims; d++) {
                squares += (double) queries[head * dims + d] * queries[head * dims + d];
            }
            sum += Math.abs(weights[head]) * Math.sqrt(squares);
        }
        size = (float) sum;
        return (float) (sum * (BF16_ERROR + (dims + heads + 8) * SUM_ERROR));
    }

    /** Sum over heads of the weight's size times the query's length: no key of length 1 scores more. */
    float size() {
        return size;
    }

    /** How far a score may lie from that of the rounded key, for a key of length 1. */
    float slack() {
        return slack;
    }

    private void put(int to, int head, float[] q, int qAt, float[] w, int wAt) {
        weights[to] = w[wAt + head];
        System.arraycopy(q, qAt + head * given, queries, to * dims, given);
    }

    float[] queries() {
        return queries;
    }

    float[] weights() {
        return weights;
    }

    int positive() {
        return positive;
    }

    int heads() {
        return heads;
    }

    /** Dimensions of a head, made even. */
    int dims() {
        return dims;
    }
}
