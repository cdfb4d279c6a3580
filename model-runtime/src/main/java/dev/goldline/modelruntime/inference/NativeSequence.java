package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.cost.ModelCost;
import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.observation.TokenObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One sequence of a {@link NativeCausalModel}. Long inputs run in blocks of {@value #BLOCK_TOKENS} tokens, so working
 * memory does not grow with them. A step of one token allocates nothing, apart from a cache page every {@value
 * LatentCache#PAGE} tokens.
 */
public final class NativeSequence implements CausalSequence {
    static final int BLOCK_TOKENS = 64;

    private final NativeCausalModel model;
    private final ModelConfig config;
    private final Kernels kernels;
    private final @Nullable TokenObserver observer;
    private final @Nullable ModelCost cost;
    private final SequenceOptions options;
    private final List<LatentCache> caches = new ArrayList<>();
    private final float[] logits;
    private final float[] last;
    private final FeedForwardStep feedForward;
    private AttentionStep attention;
    private TokenBlock block = new TokenBlock(0);
    private float[] hidden = {};
    private float[] normed = {};
    private int length;
    private boolean closed;

    NativeSequence(NativeCausalModel model, SequenceOptions options) {
        this.model = model;
        this.options = options;
        this.config = model.config();
        this.kernels = model.kernels();
        this.observer = options.observer().orElse(null);
        this.cost = observer == null ? null : ModelCost.of(config);
        this.logits = new float[config.vocabSize()];
        this.last = new float[config.hiddenSize()];
        int width = config.kvLoraRank() + config.qkRopeHeadDim();
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            caches.add(new LatentCache(width, config.indexHeadDim()));
        }
        this.feedForward = new FeedForwardStep(config, kernels, options);
        this.attention = new AttentionStep(model, options, 1);
        resize(1);
    }

    private void resize(int tokens) {
        block = new TokenBlock(tokens * model.rotary().pairs());
        hidden = new float[tokens * config.hiddenSize()];
        normed = new float[tokens * config.hiddenSize()];
        feedForward.resize(tokens);
    }

    @Override
    public int length() {
        return length;
    }

    @Override
    public float[] append(int... ids) {
        run(ids, null);
        return logits;
    }

    /** Appends tokens and hands out the logits after each of them. */
    public void appendEach(int[] ids, LogitsSink sink) {
        run(ids, sink);
    }

    private void run(int[] ids, @Nullable LogitsSink sink) {
        check(ids);
        if (ids.length > 1 && hidden.length == config.hiddenSize()) {
            attention = new AttentionStep(model, options, BLOCK_TOKENS);
            resize(BLOCK_TOKENS);
        }
        for (int from = 0; from < ids.length; from += BLOCK_TOKENS) {
            int tokens = Math.min(BLOCK_TOKENS, ids.length - from);
            runBlock(ids, from, tokens);
            if (sink != null) {
                for (int t = 0; t < tokens; t++) {
                    computeLogits(t);
                    sink.accept(length - tokens + t, logits);
                }
            } else if (from + tokens == ids.length) {
                computeLogits(tokens - 1);
            }
        }
    }

    private void check(int[] ids) {
        if (closed) {
            throw new IllegalStateException("the sequence is closed");
        }
        if (ids.length == 0) {
            throw new IllegalArgumentException("no token to append; at least one is needed");
        }
        for (int id : ids) {
            if (id < 0 || id >= config.vocabSize()) {
                throw new IllegalArgumentException(
                        "token id " + id + " is outside the vocabulary, 0 to " + (config.vocabSize() - 1));
            }
        }
        if (length > Integer.MAX_VALUE - LatentCache.PAGE - ids.length) {
            throw new IllegalStateException("a sequence holds at most 2^31 positions");
        }
    }

    private void runBlock(int[] ids, int from, int tokens) {
        int width = config.hiddenSize();
        block.set(length, tokens);
        for (int t = 0; t < tokens; t++) {
            model.embedding().row(ids[from + t], hidden, t * width);
            model.rotary()
                    .at(length + t, block.cos(), block.sin(), t * model.rotary().pairs());
        }
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            LayerWeights weights = model.layers().get(layer);
            norm(weights.inputNorm(), tokens);
            attention.run(layer, weights.attention(), caches.get(layer), block, normed, hidden);
            norm(weights.postAttentionNorm(), tokens);
            feedForward.run(layer, weights.feedForward(), block, normed, hidden);
        }
        length += tokens;
        if (observer != null && cost != null) {
            for (int t = 0; t < tokens; t++) {
                int position = length - tokens + t;
                observer.worked(position, cost.decode(position + 1));
            }
        }
    }

    private void norm(float[] weight, int tokens) {
        for (int t = 0; t < tokens; t++) {
            int at = t * config.hiddenSize();
            Norms.rms(hidden, at, weight, config.rmsNormEps(), normed, at);
        }
    }

    private void computeLogits(int token) {
        Norms.rms(hidden, token * config.hiddenSize(), model.finalNorm(), config.rmsNormEps(), last, 0);
        kernels.multiply(model.head(), last, 0, 0, 1, logits, 0, 0);
        float sum = 0;
        for (float logit : logits) {
            // 0 for every finite number, NaN for any other.
            sum += logit * 0;
        }
        if (Float.isNaN(sum)) {
            throw new ArithmeticException("the logits at position " + (length - 1)
                    + " are not finite numbers; the weights or the input are damaged");
        }
    }

    @Override
    public void close() {
        closed = true;
        caches.clear();
    }
}
