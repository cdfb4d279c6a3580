package dev.goldline.modelruntime.djl;

import dev.goldline.modelruntime.djl.SparseAttention.Cached;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one forward pass is asked for and gathers. Three uses: inference with a cache that grows from call to call;
 * inference without; training, which also learns the indexer.
 */
final class ForwardPass {
    private final int topk;
    private final ForwardObserver observer;
    private final Cached @Nullable [] cache;
    private final @Nullable IndexerObjective objective;
    private final RealRows real;
    private int start;

    private ForwardPass(
            int topk,
            ForwardObserver observer,
            Cached @Nullable [] cache,
            @Nullable IndexerObjective objective,
            RealRows real) {
        this.topk = topk;
        this.observer = observer;
        this.cache = cache;
        this.objective = objective;
        this.real = real;
    }

    /** Tells tokens from padding in the flattened [B * T] rows of a pass. */
    @FunctionalInterface
    interface RealRows {
        RealRows ALL = row -> true;

        boolean isToken(int row);
    }

    /** Without a cache. */
    static ForwardPass whole(int topk, ForwardObserver observer) {
        return new ForwardPass(topk, observer, null, null, RealRows.ALL);
    }

    /** With a cache that later calls continue. */
    static ForwardPass cached(int topk, int layers, ForwardObserver observer) {
        return new ForwardPass(topk, observer, new Cached[layers], null, RealRows.ALL);
    }

    /** For a gradient, over padded rows: padding is sent to no expert. */
    static ForwardPass training(int topk, ForwardObserver observer, IndexerObjective objective, RealRows real) {
        return new ForwardPass(topk, observer, null, objective, real);
    }

    /** Keys a query may select; at least the context means dense attention. */
    int topk() {
        return topk;
    }

    ForwardObserver observer() {
        return observer;
    }

    @Nullable
    IndexerObjective objective() {
        return objective;
    }

    RealRows real() {
        return real;
    }

    /** Position of the first token of this call. */
    int start() {
        return start;
    }

    void advance(int tokens) {
        if (cache != null) {
            start += tokens;
        }
    }

    /** Joins the keys of earlier calls with those of this one, and keeps both. */
    Cached extend(int layer, Cached fresh) {
        if (cache == null) {
            return fresh;
        }
        Cached earlier = cache[layer];
        Cached joined = earlier == null ? fresh : earlier.concat(fresh);
        joined.keep();
        if (earlier != null) {
            earlier.close();
        }
        cache[layer] = joined;
        return joined;
    }

    void close() {
        if (cache != null) {
            Arrays.stream(cache).filter(Objects::nonNull).forEach(Cached::close);
        }
    }
}
