package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.kernels.PackedMatrix;
import java.util.List;

/** One decoder layer's weights, packed. */
record LayerWeights(float[] inputNorm, Attention attention, float[] postAttentionNorm, FeedForward feedForward) {
    /**
     * Latent attention in absorbed form.
     *
     * @param absorbKeys a head's {@code UK^T}, {@code [kv_lora_rank, qk_nope_head_dim]}
     * @param expandValues a head's {@code UV}, {@code [v_head_dim, kv_lora_rank]}
     */
    record Attention(
            PackedMatrix qA,
            float[] qANorm,
            PackedMatrix qB,
            PackedMatrix kvA,
            float[] kvANorm,
            List<PackedMatrix> absorbKeys,
            List<PackedMatrix> expandValues,
            PackedMatrix output,
            Indexer indexer) {}

    /** The lightning indexer; the head weights stay in fp32 whatever the format of the rest. */
    record Indexer(
            PackedMatrix queries, PackedMatrix key, float[] keyNorm, float[] keyBias, PackedMatrix headWeights) {}

    sealed interface FeedForward {}

    record Dense(Mlp mlp) implements FeedForward {}

    /** @param shared empty or one network of the shared experts' joint width */
    record Experts(PackedMatrix gate, float[] correctionBias, List<Mlp> routed, List<Mlp> shared)
            implements FeedForward {}

    /** {@code down(silu(gate x) * up x)}. */
    record Mlp(PackedMatrix gate, PackedMatrix up, PackedMatrix down) {
        int inner() {
            return gate.rows();
        }
    }
}
