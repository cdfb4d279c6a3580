package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.kernels.Kernels;
import org.jspecify.annotations.Nullable;

/** The lightning indexer over a block of tokens: caches index keys always, scores and selects where asked to. */
final class Indexer {
    private final ModelConfig config;
    private final Kernels kernels;
    private final RotaryPositions rotary;
    private final int heads;
    private final int dims;
    private final float scale;
    private final float[] keys;
    private final float[] queries;
    private final float[] headWeights;
    private final IndexQuery query;
    private @Nullable KeySelector selector;

    Indexer(ModelConfig config, Kernels kernels, RotaryPositions rotary, int tokens) {
        this.config = config;
        this.kernels = kernels;
        this.rotary = rotary;
        this.heads = config.indexNHeads();
        this.dims = config.indexHeadDim();
        this.scale = (float) (1 / Math.sqrt(heads) / Math.sqrt(dims));
        this.keys = new float[tokens * dims];
        this.queries = new float[tokens * heads * dims];
        this.headWeights = new float[tokens * heads];
        this.query = new IndexQuery(heads, dims);
    }

    /** Appends the block's index keys: they are needed as soon as the context passes {@code index_topk}. */
    void cacheKeys(LayerWeights.Indexer weights, LatentCache cache, TokenBlock block, float[] x) {
        kernels.multiply(weights.key(), x, 0, config.hiddenSize(), block.tokens(), keys, 0, dims);
        for (int t = 0; t < block.tokens(); t++) {
            Norms.layer(keys, t * dims, weights.keyNorm(), weights.keyBias(), Norms.INDEX_KEY_EPS);
            rotate(keys, t * dims, block, t);
            cache.putIndexKey(block.start() + t, keys, t * dims, dims);
        }
    }

    /** Computes the block's index queries and head weights. */
    void prepare(LayerWeights.Indexer weights, TokenBlock block, float[] x, float[] queryLatent) {
        int tokens = block.tokens();
        kernels.multiply(weights.queries(), queryLatent, 0, config.qLoraRank(), tokens, queries, 0, heads * dims);
        kernels.multiply(weights.headWeights(), x, 0, config.hiddenSize(), tokens, headWeights, 0, heads);
        for (int t = 0; t < tokens; t++) {
            for (int h = 0; h < heads; h++) {
                rotate(queries, (t * heads + h) * dims, block, t);
            }
        }
        for (int i = 0; i < tokens * heads; i++) {
            headWeights[i] *= scale;
        }
    }

    /** The keys a token of the block attends to, ascending; the first {@code index_topk} entries hold. */
    int[] select(LatentCache cache, int token, int causal) {
        if (selector == null) {
            selector = new KeySelector(kernels, config.indexTopk());
        }
        query.set(queries, token * heads * dims, headWeights, token * heads);
        selector.select(query, cache, causal);
        return selector.positions();
    }

    private void rotate(float[] values, int at, TokenBlock block, int token) {
        int angles = token * rotary.pairs();
        if (config.indexerRopeInterleaved()) {
            RotaryPositions.interleaved(values, at, block.cos(), block.sin(), angles, rotary.pairs());
        } else {
            RotaryPositions.halves(values, at, block.cos(), block.sin(), angles, rotary.pairs());
        }
    }
}
