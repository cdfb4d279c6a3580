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

    /** More than what numbers too small for relative errors lose in any sum: steps of 2^-149, in bf16 of 2^-133. */
    private static final double LEAST_ERROR = 0x1p-120;

    /** Half of fp32's range: what is bounded by it stays in range when rounded. */
    private static final double MOST = 0x1p127;

    private final int heads;
    private final int given;
    private final int dims;
    private final float[] queries;
    private final float[] weights;
    private int positive;
    private final double[] lengths;
    private final float[] starts;
    private float gap;

    IndexQuery(int heads, int dims) {
        this.heads = heads;
        this.given = dims;
        this.dims = LatentCache.even(dims);
        this.queries = new float[heads * this.dims];
        this.weights = new float[heads];
        this.lengths = new double[heads];
        this.starts = new float[heads];
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
    }

    /**
     * Bounds what rounding keys to bf16 may hide, for keys up to a length. By Cauchy and Schwarz, a head's product is off
     * by at most the relative error times both lengths.
     *
     * @return false if a sum may pass fp32's range or is not a number; nothing is bounded then
     */
    boolean bound(float norm) {
        double apart = LEAST_ERROR;
        double greatest = norm;
        double largest = 0;
        for (int head = 0; head < heads; head++) {
            double most = lengths[head] * norm;
            double error = most * (BF16_ERROR + (dims + 2) * SUM_ERROR) + (1 + lengths[head]) * LEAST_ERROR;
            greatest = Math.max(greatest, most);
            largest += Math.abs(weights[head]) * most;
            // A query of zeros has products of zero, to which no rounding adds.
            float start = lengths[head] == 0 ? 0 : Math.nextUp((float) error);
            starts[head] = head < positive ? start : -start;
            apart += Math.abs(weights[head]) * (2.01 * start + most * (heads + 8) * SUM_ERROR);
        }
        gap = Math.nextUp((float) apart);
        return Math.max(greatest, largest) < MOST;
    }

    /** Where the chains of bounds start, for {@link dev.goldline.modelruntime.kernels.Kernels#indexBoundsAbove}. */
    float[] starts() {
        return starts;
    }

    /** A score is at least its bound less this. */
    float gap() {
        return gap;
    }

    private void put(int to, int head, float[] q, int qAt, float[] w, int wAt) {
        weights[to] = w[wAt + head];
        System.arraycopy(q, qAt + head * given, queries, to * dims, given);
        double squares = 0;
        for (int d = 0; d < dims; d++) {
            squares += (double) queries[to * dims + d] * queries[to * dims + d];
        }
        lengths[to] = Math.sqrt(squares);
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
