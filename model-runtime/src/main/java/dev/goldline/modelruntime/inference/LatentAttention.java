package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;
import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.kernels.PackedMatrix;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One query's attention in absorbed form: all heads share the cached rows, so the query of all heads is a matrix and
 * the rows are its inputs. Keys come in tiles with a running maximum; tiles are cut by place in the list of keys, so
 * that selecting every key gives the same bits as attending to all.
 */
final class LatentAttention {
    private final Kernels kernels;
    private final int heads;
    private final int padded;
    private final int latent;
    private final int rope;
    private final int width;
    private final float scale;
    private final PackedMatrix.Fp32 query;
    private final float[] scores;
    private final float[] rows;
    private final float[] max;
    private final float[] sum;
    private final float[] carry;
    private final float[] allMax;
    private final float[] allSum;

    LatentAttention(ModelConfig config, Kernels kernels) {
        this.kernels = kernels;
        this.heads = config.numAttentionHeads();
        this.padded = Math.ceilDiv(heads, PackedMatrix.BLOCK) * PackedMatrix.BLOCK;
        this.latent = config.kvLoraRank();
        this.rope = config.qkRopeHeadDim();
        this.width = latent + rope;
        this.scale = (float) (1
                / Math.sqrt(config.qkHeadDim())
                * config.ropeScaling().map(RopeScaling::softmaxFactor).orElse(1.0));
        this.query = new PackedMatrix.Fp32(padded, width, new float[padded * width]);
        this.scores = new float[LatentCache.PAGE * padded];
        this.rows = new float[LatentCache.PAGE * width];
        this.max = new float[padded];
        this.sum = new float[padded];
        this.carry = new float[padded];
        this.allMax = new float[padded];
        this.allSum = new float[padded];
    }

    /**
     * Sets the query.
     *
     * @param absorbed {@code [heads, latent]} from {@code absorbedAt} on
     * @param rotated rotated parts, the first at {@code rotatedAt}, the next {@code headStride} further
     */
    void setQuery(float[] absorbed, int absorbedAt, float[] rotated, int rotatedAt, int headStride) {
        float[] data = query.data();
        for (int h = 0; h < heads; h++) {
            int to = h / PackedMatrix.BLOCK * width * PackedMatrix.BLOCK + h % PackedMatrix.BLOCK;
            int from = absorbedAt + h * latent;
            for (int d = 0; d < latent; d++) {
                data[to + d * PackedMatrix.BLOCK] = absorbed[from + d];
            }
            to += latent * PackedMatrix.BLOCK;
            from = rotatedAt + h * headStride;
            for (int d = 0; d < rope; d++) {
                data[to + d * PackedMatrix.BLOCK] = rotated[from + d];
            }
        }
    }

    /**
     * Attends to some keys and writes the mean latent of each head.
     *
     * @param keys ascending positions; null for the first {@code count}
     * @param out {@code [heads, latent]} from {@code outAt} on
     */
    void attend(LatentCache cache, int @Nullable [] keys, int count, float[] out, int outAt) {
        Arrays.fill(max, Float.NEGATIVE_INFINITY);
        Arrays.fill(sum, 0f);
        Arrays.fill(out, outAt, outAt + heads * latent, 0f);
        for (int from = 0; from < count; from += LatentCache.PAGE) {
            int n = Math.min(LatentCache.PAGE, count - from);
            float[] tile = tile(cache, keys, from, n);
            kernels.multiply(query, tile, 0, width, n, scores, 0, padded);
            kernels.softmaxTile(scores, n, padded, scale, max, sum, carry);
            kernels.accumulateRows(scores, padded, heads, tile, 0, width, n, latent, out, outAt, carry);
        }
        for (int h = 0; h < heads; h++) {
            float factor = 1 / sum[h];
            for (int d = 0; d < latent; d++) {
                out[outAt + h * latent + d] *= factor;
            }
        }
    }

    private float[] tile(LatentCache cache, int @Nullable [] keys, int from, int count) {
        if (keys == null) {
            return cache.latentPage(from);
        }
        cache.gather(keys, from, count, rows);
        return rows;
    }

    /**
     * The share of the softmax over all {@code causal} keys that fell on the keys last attended to, mean over heads.
     */
    double keptMass(LatentCache cache, int causal) {
        Arrays.fill(allMax, Float.NEGATIVE_INFINITY);
        Arrays.fill(allSum, 0f);
        for (int from = 0; from < causal; from += LatentCache.PAGE) {
            int n = Math.min(LatentCache.PAGE, causal - from);
            kernels.multiply(query, cache.latentPage(from), 0, width, n, scores, 0, padded);
            kernels.softmaxTile(scores, n, padded, scale, allMax, allSum, carry);
        }
        double total = 0;
        for (int h = 0; h < heads; h++) {
            total += sum[h] * Math.exp((double) max[h] - allMax[h]) / allSum[h];
        }
        return Math.min(1, total / heads);
    }
}
