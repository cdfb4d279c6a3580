package dev.goldline.modelruntime.inference;

/**
 * One token's query to the lightning indexer. Heads are put in order of the sign of their weight, those above zero
 * first, each group in its original order: the others can only lower a score.
 */
final class IndexQuery {
    private final int heads;
    private final int dims;
    private final float[] queries;
    private final float[] weights;
    private int positive;
    private float slack;

    IndexQuery(int heads, int dims) {
        this.heads = heads;
        this.dims = dims;
        this.queries = new float[heads * dims];
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

    private float boundOfRounding() {
        double sum = 0;
        for (int head = 0; head < heads; head++) {
            double size = 0;
            for (int d = 0; d < dims; d++) {
                size += Math.abs(queries[head * dims + d]);
            }
            sum += Math.abs(weights[head]) * size;
        }
        // Half a unit for each code, and the last bits of two chains of sums of up to 127 units.
        double lastBits = (dims + heads + 8) * LatentCache.GREATEST_CODE * (double) Math.ulp(1f);
        return (float) (sum * (0.5 + lastBits));
    }

    /** How far a score may lie from that of the key's codes, in units of the key's scale. */
    float slack() {
        return slack;
    }

    private void put(int to, int head, float[] q, int qAt, float[] w, int wAt) {
        weights[to] = w[wAt + head];
        System.arraycopy(q, qAt + head * dims, queries, to * dims, dims);
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

    int dims() {
        return dims;
    }
}
