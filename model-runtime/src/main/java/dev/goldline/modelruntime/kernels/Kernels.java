package dev.goldline.modelruntime.kernels;

/**
 * The inner loops. Implementations hold no state and agree bit for bit; arrays are row-major with the strides given;
 * nothing is allocated.
 */
public interface Kernels {
    /** Index keys that lie side by side: reading them is one stream. */
    int INDEX_GROUP = 64;

    /** The fastest implementation this JVM can run. */
    static Kernels best() {
        return KernelChoice.BEST;
    }

    /** The implementation without SIMD. */
    static Kernels scalar() {
        return new ScalarKernels();
    }

    /** What it is, for reports, such as {@code vector-512}. */
    String name();

    /**
     * {@code y[t][r] = sum over c of w[r][c] x[t][c]}. Order: four partial sums over {@code c mod 4}, each a chain of
     * fused multiply-adds from 0, added as {@code (p0 + p1) + (p2 + p3)}.
     *
     * @param xStride from one token's input to the next
     * @param tokens at least 1
     * @param yStride from one token's output to the next
     */
    void multiply(PackedMatrix w, float[] x, int xAt, int xStride, int tokens, float[] y, int yAt, int yStride);

    /**
     * One tile of a softmax over keys, heads side by side. With {@code z = scale * s}: raises {@code max} to the tile's
     * greatest {@code z}, replaces {@code s} by {@code exp(z - max)}, and sets {@code sum} to {@code sum * carry} plus
     * the tile's exponentials, where {@code carry = exp(old max - max)}.
     *
     * @param s scores {@code [keys, heads]}
     * @param heads a multiple of {@link PackedMatrix#BLOCK}; padding included
     * @param max {@code [heads]}, negative infinity before the first tile
     */
    void softmaxTile(float[] s, int keys, int heads, float scale, float[] max, float[] sum, float[] carry);

    /**
     * {@code out[h][d] = out[h][d] * carry[h] + sum over s of p[s][h] rows[s][d]}: one chain of fused multiply-adds in
     * the order of the rows.
     *
     * @param pStride from one row's weights to the next
     * @param out {@code [heads, dims]} from {@code outAt} on
     */
    void accumulateRows(
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
            float[] carry);

    /**
     * Lightning index scores {@code sum over j of w[j] ReLU(q[j] . k)}: per head one chain of fused multiply-adds over the
     * dimensions from 0, then one chain over the heads from 0.
     *
     * @param q {@code [heads, dims]}
     * @param keys {@code [dims, stride]}: the first {@code count} columns are keys
     * @param stride a multiple of {@link PackedMatrix#BLOCK}
     * @param out room for {@code count}, rounded up to whole blocks; what lies past {@code count} is scratch
     */
    void indexScores(float[] q, float[] w, int heads, int dims, float[] keys, int stride, int count, float[] out);

    /**
     * Finds the keys whose index score may be above a floor, ascending, from keys rounded to bf16. The bound of a key is
     * its score in {@link #indexScores} with the chain of each head's product started at {@code starts[j]} instead of 0.
     * Rounding keeps order: where a start makes each product of a head of {@code w >= 0} at least the true one, and each
     * of the others at most, no bound is below the true score.
     *
     * @param starts what rounding may hide, {@code [heads]}: at least 0 where {@code w >= 0}, at most 0 for other heads
     * @param dims even
     * @param pairs groups of {@value #INDEX_GROUP} keys, {@code [group, dims / 2, INDEX_GROUP]}: an even dimension's bf16
     *     bits in the low half, the next one's in the high half
     * @param keys to look at
     * @param base added to each position
     * @param found where positions of bounds above the floor go, from {@code foundAt} on; room for {@code keys}
     * @param bounds where their bounds go, likewise; room for whole groups, and what lies past those found is scratch
     * @return how many were found
     */
    int indexBoundsAbove(
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
            int foundAt);

    /**
     * The k-th largest of the first {@code count} values, none of them NaN; of zeros, the one above zero.
     *
     * @param k from 1 to {@code count}
     */
    float kthLargest(float[] values, int count, int k);

    /** {@code gate[i] = silu(gate[i]) * up[i]}, {@code silu(x) = x sigmoid(x)}. */
    void swiglu(float[] gate, float[] up, int at, int count);

    /** {@code x[i] = 1 / (1 + exp(-x[i]))}. */
    void sigmoid(float[] x, int at, int count);

    /** {@code y[i] = a x[i] + y[i]}, fused. */
    void axpy(float a, float[] x, int xAt, float[] y, int yAt, int count);
}
