package dev.goldline.modelruntime.djl;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the lightning indexer learns: KL(p || softmax(I)) with p the attention of all heads together, over the keys that
 * attention may use (V3.2 report, equations 3 and 4). Gathers the sum over layers.
 */
final class IndexerObjective {
    private final NDArray rowWeight;
    private final int topk;
    private final boolean measureMass;
    private @Nullable NDArray divergence;
    private @Nullable NDArray keptMass;

    /**
     * @param rowWeight [B, T]: the share of each row in the mean, 0 for padding
     * @param topk keys that the selection keeps
     * @param measureMass whether to measure, beside it, the attention mass that the top-k selection would keep
     */
    IndexerObjective(NDArray rowWeight, int topk, boolean measureMass) {
        this.rowWeight = rowWeight;
        this.topk = topk;
        this.measureMass = measureMass;
    }

    /**
     * Adds one layer.
     *
     * @param scores [B, T, T], the indexer's
     * @param attention [B, N, T, T], after softmax
     * @param hidden [B or 1, 1, T, T] or [T, T]: true for keys that attention may not use
     * @param blocked [T, T]: true for later keys
     */
    void layer(NDArray scores, NDArray attention, NDArray hidden, NDArray blocked, TransformerConstants constants) {
        NDArray target = attention.stopGradient().mean(new int[] {1});
        NDArray usable = hidden.getShape().dimension() == 4 ? hidden.squeeze(1) : hidden;
        NDArray logQ = Tensors.where(usable, constants.masked, scores).logSoftmax(2);
        NDArray logP = target.add(constants.tiny).log();
        NDArray perRow = target.mul(logP.sub(logQ)).sum(new int[] {2});
        NDArray sum = perRow.mul(rowWeight).sum();
        divergence = divergence == null ? sum : divergence.add(sum);
        if (measureMass) {
            addKeptMass(scores.stopGradient(), target, blocked, constants);
        }
    }

    private void addKeptMass(NDArray scores, NDArray target, NDArray blocked, TransformerConstants constants) {
        int keys = (int) scores.getShape().get(2);
        NDArray allowed = Tensors.where(blocked, constants.negativeInfinity, scores);
        NDArray chosen = SparseSelection.top(allowed, Math.min(topk, keys), constants);
        NDArray mass = Tensors.where(chosen, target, constants.zero)
                .sum(new int[] {2})
                .mul(rowWeight)
                .sum();
        keptMass = keptMass == null ? mass : keptMass.add(mass);
    }

    /** The divergence, a scalar summed over layers. */
    NDArray divergence() {
        if (divergence == null) {
            throw new IllegalStateException("no layer has run yet");
        }
        return divergence;
    }

    /** Share of the attention that the selection keeps, summed over layers, if measured. */
    Optional<NDArray> keptMass() {
        return Optional.ofNullable(keptMass);
    }
}
