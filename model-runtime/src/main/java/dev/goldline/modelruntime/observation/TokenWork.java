package dev.goldline.modelruntime.observation;

/**
 * The work of one decoded token by the formulas of {@link dev.goldline.modelruntime.cost.ModelCost#decode}.
 *
 * @param linearFlops matrices: two per active parameter without the embedding
 * @param attentionFlops attention over the keys selected, absorbed form
 * @param indexerFlops scoring every key
 * @param cacheBytesRead fp32 latents of the selected keys and index keys of all
 */
public record TokenWork(double linearFlops, double attentionFlops, double indexerFlops, double cacheBytesRead) {
    public double flops() {
        return linearFlops + attentionFlops + indexerFlops;
    }
}
