package dev.goldline.modelruntime.kernels;

/**
 * The inner loops. Implementations hold no state and agree bit for bit; arrays are row-major with the strides given;
 * nothing is allocated.
 */
public interface Kernels {
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
     * Lightning index scores {@code sum over j of w[j] ReLU(q[j] . k)} of consecutive keys: per head one chain over the
     * dimensions from 0, then one chain over the heads from 0. Heads below {@code positive} must have {@code w >= 0},
     * the others {@code w <= 0}: those can only lower a score, so where no key of a group can pass {@code floor} they
     * are not computed, and what is written for that group is an upper bound that is itself at most {@code floor}.
     *
     * @param q {@code [heads, dims]}
     * @param keys blocks of 16 keys, {@code [block, dims, 16]}
     * @param blocks blocks to score, from {@code keysAt} on
     * @param floor scores at most this need not be exact; negative infinity for exact scores
     * @param out {@code [16 * blocks]}
     */
    void indexScores(
            float[] q,
            float[] w,
            int positive,
            int heads,
            int dims,
            float[] keys,
            int keysAt,
            int blocks,
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
