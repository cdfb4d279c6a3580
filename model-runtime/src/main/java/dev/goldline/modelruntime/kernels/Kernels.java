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
     * The lightning index score of one key, {@code sum over j of w[j] ReLU(q[j] . k)}: per head one chain of fused
     * multiply-adds over the dimensions from 0, then one chain over the heads from 0.
     *
     * @param q {@code [heads, dims]}
     * @param key {@code [dims]} from {@code keyAt} on
     */
    default float indexScore(float[] q, float[] w, int heads, int dims, float[] key, int keyAt) {
        float total = 0;
        for (int head = 0; head < heads; head++) {
            float dot = 0;
            for (int d = 0; d < dims; d++) {
                dot = Math.fma(key[keyAt + d], q[head * dims + d], dot);
            }
            total = Math.fma(Math.max(dot, 0f), w[head], total);
        }
        return total;
    }

    /**
     * Upper bounds of index scores from keys rounded to bf16: {@code slack norm + sum over j of w[j] ReLU(q[j] . k)},
     * in the order of {@link #indexScore}. A bound above {@code floor} is this value; any other may be left larger than
     * this value but not above {@code floor}.
     *
     * @param w heads below {@code positive} have {@code w >= 0}, the others {@code w <= 0}: those can only lower a bound
     *     and are not computed where no key of a group can pass
     * @param dims even
     * @param pairs groups of {@value #INDEX_GROUP} keys, {@code [group, dims / 2, INDEX_GROUP]}: an even dimension's bf16
     *     bits in the low half, the next one's in the high half
     * @param norms of each group: at least the length of its longest key
     * @param slack what rounding may hide, for a key of length 1
     * @param keys to bound
     * @param out room for whole groups; what lies past {@code keys} is scratch
     */
    void indexBounds(
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
            float[] out);

    /**
     * Collects the positions of scores above a floor, ascending.
     *
     * @param base added to each position
     * @param scores of which the first {@code count} are looked at
     * @param found where positions go, from {@code foundAt} on; room for {@code count}
     * @param values where their scores go, likewise
     * @return how many were found
     */
    int above(float[] scores, int count, float floor, int base, int[] found, float[] values, int foundAt);

    /** {@code gate[i] = silu(gate[i]) * up[i]}, {@code silu(x) = x sigmoid(x)}. */
    void swiglu(float[] gate, float[] up, int at, int count);

    /** {@code x[i] = 1 / (1 + exp(-x[i]))}. */
    void sigmoid(float[] x, int at, int count);

    /** {@code y[i] = a x[i] + y[i]}, fused. */
    void axpy(float a, float[] x, int xAt, float[] y, int yAt, int count);
}
