package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.inference.LayerWeights.Attention;
import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.observation.TokenObserver;
import org.jspecify.annotations.Nullable;

/**
 * A layer's latent attention over a block of tokens. Keys of the whole block are cached first; then each token, in
 * turn, selects among the keys up to its own position and attends to them.
 */
final class AttentionStep {
    private final ModelConfig config;
    private final Kernels kernels;
    private final RotaryPositions rotary;
    private final @Nullable TokenObserver observer;
    private final @Nullable DiscreteChoices forced;
    private final Indexer indexer;
    private final LatentAttention latentAttention;
    private final int heads;
    private final int latent;
    private final int rope;
    private final int nope;
    private final int valueDims;
    private final float[] queryLatent;
    private final float[] queries;
    private final float[] keyValues;
    private final float[] absorbed;
    private final float[] contexts;
    private final float[] values;
    private final float[] result;
    private int[] everyKey = {};

    AttentionStep(NativeCausalModel model, SequenceOptions options, int tokens) {
        this.config = model.config();
        this.kernels = model.kernels();
        this.rotary = model.rotary();
        this.observer = options.observer().orElse(null);
        this.forced = options.choices().orElse(null);
        this.indexer = new Indexer(config, kernels, rotary, tokens);
        this.latentAttention = new LatentAttention(config, kernels);
        this.heads = config.numAttentionHeads();
        this.latent = config.kvLoraRank();
        this.rope = config.qkRopeHeadDim();
        this.nope = config.qkNopeHeadDim();
        this.valueDims = config.vHeadDim();
        this.queryLatent = new float[tokens * config.qLoraRank()];
        this.queries = new float[tokens * heads * config.qkHeadDim()];
        this.keyValues = new float[tokens * (latent + rope)];
        this.absorbed = new float[tokens * heads * latent];
        this.contexts = new float[tokens * heads * latent];
        this.values = new float[tokens * heads * valueDims];
        this.result = new float[tokens * config.hiddenSize()];
    }

    /** Adds the attention of {@code x} to {@code hidden}, both {@code [tokens, hiddenSize]}. */
    void run(int layer, Attention weights, LatentCache cache, TokenBlock block, float[] x, float[] hidden) {
        int tokens = block.tokens();
        int width = config.hiddenSize();
        cache.reserve(block.start() + tokens - 1);
        project(weights, block, x);
        cacheKeys(weights, cache, block, x);
        indexer.cacheKeys(weights.indexer(), cache, block, x);
        if (forced == null && block.start() + tokens > config.indexTopk()) {
            indexer.prepare(weights.indexer(), block, x, queryLatent);
        }
        for (int t = 0; t < tokens; t++) {
            attend(layer, cache, block, t);
        }
        int headValues = heads * valueDims;
        for (int h = 0; h < heads; h++) {
            kernels.multiply(
                    weights.expandValues().get(h),
                    contexts,
                    h * latent,
                    heads * latent,
                    tokens,
                    values,
                    h * valueDims,
                    headValues);
        }
        kernels.multiply(weights.output(), values, 0, headValues, tokens, result, 0, width);
        kernels.axpy(1f, result, 0, hidden, 0, tokens * width);
    }

    private void project(Attention weights, TokenBlock block, float[] x) {
        int tokens = block.tokens();
        int rank = config.qLoraRank();
        int headDims = config.qkHeadDim();
        int row = heads * headDims;
        kernels.multiply(weights.qA(), x, 0, config.hiddenSize(), tokens, queryLatent, 0, rank);
        for (int t = 0; t < tokens; t++) {
            Norms.rms(queryLatent, t * rank, weights.qANorm(), Norms.LATENT_EPS, queryLatent, t * rank);
        }
        kernels.multiply(weights.qB(), queryLatent, 0, rank, tokens, queries, 0, row);
        for (int t = 0; t < tokens; t++) {
            for (int h = 0; h < heads; h++) {
                int at = t * row + h * headDims + nope;
                RotaryPositions.interleaved(queries, at, block.cos(), block.sin(), t * rotary.pairs(), rotary.pairs());
            }
        }
        for (int h = 0; h < heads; h++) {
            kernels.multiply(
                    weights.absorbKeys().get(h),
                    queries,
                    h * headDims,
                    row,
                    tokens,
                    absorbed,
                    h * latent,
                    heads * latent);
        }
    }

    private void cacheKeys(Attention weights, LatentCache cache, TokenBlock block, float[] x) {
        int width = latent + rope;
        kernels.multiply(weights.kvA(), x, 0, config.hiddenSize(), block.tokens(), keyValues, 0, width);
        for (int t = 0; t < block.tokens(); t++) {
            int position = block.start() + t;
            float[] page = cache.latentPage(position);
            int at = cache.latentAt(position);
            Norms.rms(keyValues, t * width, weights.kvANorm(), Norms.LATENT_EPS, page, at);
            System.arraycopy(keyValues, t * width + latent, page, at + latent, rope);
            RotaryPositions.interleaved(
                    page, at + latent, block.cos(), block.sin(), t * rotary.pairs(), rotary.pairs());
        }
    }

    private void attend(int layer, LatentCache cache, TokenBlock block, int t) {
        int position = block.start() + t;
        int causal = position + 1;
        int context = t * heads * latent;
        latentAttention.setQuery(absorbed, context, queries, t * heads * config.qkHeadDim() + nope, config.qkHeadDim());
        int[] keys = null;
        int count = causal;
        if (forced != null) {
            keys = forced.keys(layer, position);
            count = keys.length;
            checkForced(layer, position, keys);
        } else if (causal > config.indexTopk()) {
            keys = indexer.select(cache, t, causal);
            count = config.indexTopk();
        }
        latentAttention.attend(cache, keys, count, contexts, context);
        if (observer != null) {
            observer.selected(layer, position, keys == null ? firstKeys(count) : keys, count);
            if (observer.wantsKeptMass()) {
                observer.keptMass(layer, position, keys == null ? 1 : latentAttention.keptMass(cache, causal));
            }
        }
    }

    private static void checkForced(int layer, int position, int[] keys) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] < 0 || keys[i] > position || (i > 0 && keys[i] <= keys[i - 1])) {
                throw new IllegalArgumentException("layer " + layer + ", position " + position + ": key " + keys[i]
                        + " is not ascending within 0 to " + position);
            }
        }
        if (keys.length == 0) {
            throw new IllegalArgumentException("layer " + layer + ", position " + position + ": no key is selected");
        }
    }

    private int[] firstKeys(int count) {
        if (everyKey.length < count) {
            everyKey = new int[Math.max(LatentCache.PAGE, Integer.highestOneBit(count) * 2)];
            for (int i = 0; i < everyKey.length; i++) {
                everyKey[i] = i;
            }
        }
        return everyKey;
    }
}
