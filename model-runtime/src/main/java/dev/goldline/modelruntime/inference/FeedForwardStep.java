package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.inference.LayerWeights.Dense;
import dev.goldline.modelruntime.inference.LayerWeights.Experts;
import dev.goldline.modelruntime.inference.LayerWeights.FeedForward;
import dev.goldline.modelruntime.inference.LayerWeights.Mlp;
import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.observation.TokenObserver;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A layer's feed-forward. Tokens of a block are gathered by expert, so that an expert's weights are read once; each
 * token still sums its shared expert first, then its routed ones in ascending index, whatever block it came in.
 */
final class FeedForwardStep {
    private final ModelConfig config;
    private final Kernels kernels;
    private final @Nullable TokenObserver observer;
    private final @Nullable DiscreteChoices forced;
    private final int width;
    private final int inner;
    private final int perToken;
    private final Router router;
    private float[] gate = {};
    private float[] up = {};
    private float[] gathered = {};
    private float[] result = {};
    private float[] total = {};
    private float[] routing = {};
    private int[] routes = {};
    private float[] routeWeights = {};

    FeedForwardStep(ModelConfig config, Kernels kernels, SequenceOptions options) {
        this.config = config;
        this.kernels = kernels;
        this.observer = options.observer().orElse(null);
        this.forced = options.choices().orElse(null);
        this.width = config.hiddenSize();
        int shared = config.nSharedExperts() * config.moeIntermediateSize();
        int dense = config.firstKDenseReplace() > 0 ? config.intermediateSize() : 0;
        this.inner = Math.max(dense, Math.max(shared, config.moeIntermediateSize()));
        this.perToken = config.numExpertsPerTok();
        this.router = new Router(config);
    }

    void resize(int tokens) {
        gate = new float[tokens * inner];
        up = new float[tokens * inner];
        gathered = new float[tokens * width];
        result = new float[tokens * width];
        total = new float[tokens * width];
        routing = new float[tokens * config.nRoutedExperts()];
        routes = new int[tokens * perToken];
        routeWeights = new float[tokens * perToken];
    }

    /** Adds the feed-forward of {@code x} to {@code hidden}, both {@code [tokens, hiddenSize]}. */
    void run(int layer, FeedForward weights, TokenBlock block, float[] x, float[] hidden) {
        int tokens = block.tokens();
        switch (weights) {
            case Dense dense -> mlp(dense.mlp(), x, tokens, total);
            case Experts experts -> mix(layer, experts, block, x);
        }
        kernels.axpy(1f, total, 0, hidden, 0, tokens * width);
    }

    private void mlp(Mlp mlp, float[] x, int tokens, float[] out) {
        int n = mlp.inner();
        kernels.multiply(mlp.gate(), x, 0, width, tokens, gate, 0, n);
        kernels.multiply(mlp.up(), x, 0, width, tokens, up, 0, n);
        kernels.swiglu(gate, up, 0, tokens * n);
        kernels.multiply(mlp.down(), gate, 0, n, tokens, out, 0, width);
    }

    private void mix(int layer, Experts experts, TokenBlock block, float[] x) {
        int tokens = block.tokens();
        if (experts.shared().isEmpty()) {
            Arrays.fill(total, 0, tokens * width, 0f);
        } else {
            mlp(experts.shared().get(0), x, tokens, total);
        }
        route(layer, experts, block, x);
        if (tokens == 1) {
            mixOne(experts, x);
        } else {
            mixMany(experts, tokens, x);
        }
    }

    private void route(int layer, Experts experts, TokenBlock block, float[] x) {
        int tokens = block.tokens();
        int count = config.nRoutedExperts();
        kernels.multiply(experts.gate(), x, 0, width, tokens, routing, 0, count);
        kernels.sigmoid(routing, 0, tokens * count);
        for (int t = 0; t < tokens; t++) {
            if (forced == null) {
                router.route(routing, t * count, experts.correctionBias());
            } else {
                router.force(routing, t * count, forced.experts(layer, block.start() + t));
            }
            if (observer != null) {
                observer.routed(layer, block.start() + t, router.chosen(), router.weights(), perToken);
            }
            insertAscending(t * perToken);
        }
    }

    /** Copies the router's choice into this token's slots, ascending by expert. */
    private void insertAscending(int at) {
        for (int i = 0; i < perToken; i++) {
            int expert = router.chosen()[i];
            int slot = at + i;
            for (; slot > at && routes[slot - 1] > expert; slot--) {
                routes[slot] = routes[slot - 1];
                routeWeights[slot] = routeWeights[slot - 1];
            }
            routes[slot] = expert;
            routeWeights[slot] = router.weights()[i];
        }
    }

    private void mixOne(Experts experts, float[] x) {
        for (int i = 0; i < perToken; i++) {
            mlp(experts.routed().get(routes[i]), x, 1, result);
            kernels.axpy(routeWeights[i], result, 0, total, 0, width);
        }
    }

    private void mixMany(Experts experts, int tokens, float[] x) {
        for (int expert = 0; expert < config.nRoutedExperts(); expert++) {
            int taken = 0;
            for (int slot = 0; slot < tokens * perToken; slot++) {
                if (routes[slot] == expert) {
                    System.arraycopy(x, slot / perToken * width, gathered, taken++ * width, width);
                }
            }
            if (taken == 0) {
                continue;
            }
            mlp(experts.routed().get(expert), gathered, taken, result);
            int row = 0;
            for (int slot = 0; slot < tokens * perToken; slot++) {
                if (routes[slot] == expert) {
                    kernels.axpy(routeWeights[slot], result, row++ * width, total, slot / perToken * width, width);
                }
            }
        }
    }
}
