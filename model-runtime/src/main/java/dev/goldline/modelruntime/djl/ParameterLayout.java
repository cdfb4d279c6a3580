package dev.goldline.modelruntime.djl;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where each weight of a model lies in one flat vector. One vector means one optimiser step and one gradient to add up,
 * whatever the number of tensors; a layer's experts are stacked, so that they run as one batched product.
 */
public final class ParameterLayout {
    /**
     * One block of the vector.
     *
     * @param name the checkpoint's name without {@code .weight}; stacked experts leave the expert's number out
     * @param shape row-major
     * @param offset first element in the vector
     * @param kind what it is, and so how it starts
     */
    public record Slot(String name, long[] shape, int offset, Kind kind) {
        public int size() {
            long size = 1;
            for (long extent : shape) {
                size *= extent;
            }
            return Math.toIntExact(size);
        }

        /** Inputs of one output: the last extent. */
        public int fanIn() {
            return (int) shape[shape.length - 1];
        }
    }

    /** What a weight is for; decides its first values. */
    public enum Kind {
        EMBEDDING,
        HEAD,
        /** A matrix in the middle of a block. */
        MATRIX,
        /** A matrix whose result is added to the residual stream. */
        RESIDUAL_MATRIX,
        ROUTER,
        SCALE,
        SHIFT
    }

    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private int size;

    private ParameterLayout() {}

    /** The layout of a model; names in the order of its forward pass. */
    public static ParameterLayout of(ModelConfig config) {
        ParameterLayout layout = new ParameterLayout();
        int hidden = config.hiddenSize();
        layout.add("model.embed_tokens", Kind.EMBEDDING, config.vocabSize(), hidden);
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            String prefix = "model.layers." + layer;
            layout.add(prefix + ".input_layernorm", Kind.SCALE, hidden);
            layout.addAttention(prefix + ".self_attn", config);
            layout.add(prefix + ".post_attention_layernorm", Kind.SCALE, hidden);
            if (config.isDense(layer)) {
                layout.addFeedForward(prefix + ".mlp", hidden, config.intermediateSize());
            } else {
                layout.addExperts(prefix + ".mlp", config);
            }
        }
        layout.add("model.norm", Kind.SCALE, hidden);
        if (!config.tieWordEmbeddings()) {
            layout.add("lm_head", Kind.HEAD, config.vocabSize(), hidden);
        }
        return layout;
    }

    private void addAttention(String prefix, ModelConfig config) {
        int hidden = config.hiddenSize();
        int heads = config.numAttentionHeads();
        add(prefix + ".q_a_proj", Kind.MATRIX, config.qLoraRank(), hidden);
        add(prefix + ".q_a_layernorm", Kind.SCALE, config.qLoraRank());
        add(prefix + ".q_b_proj", Kind.MATRIX, heads * config.qkHeadDim(), config.qLoraRank());
        add(prefix + ".kv_a_proj_with_mqa", Kind.MATRIX, config.kvLoraRank() + config.qkRopeHeadDim(), hidden);
        add(prefix + ".kv_a_layernorm", Kind.SCALE, config.kvLoraRank());
        int keysAndValues = config.qkNopeHeadDim() + config.vHeadDim();
        add(prefix + ".kv_b_proj", Kind.MATRIX, heads * keysAndValues, config.kvLoraRank());
        add(prefix + ".o_proj", Kind.RESIDUAL_MATRIX, hidden, heads * config.vHeadDim());
        int indexWidth = config.indexNHeads() * config.indexHeadDim();
        add(prefix + ".indexer.wq_b", Kind.MATRIX, indexWidth, config.qLoraRank());
        add(prefix + ".indexer.wk", Kind.MATRIX, config.indexHeadDim(), hidden);
        add(prefix + ".indexer.k_norm", Kind.SCALE, config.indexHeadDim());
        add(prefix + ".indexer.k_norm.bias", Kind.SHIFT, config.indexHeadDim());
        add(prefix + ".indexer.weights_proj", Kind.MATRIX, config.indexNHeads(), hidden);
    }

    private void addFeedForward(String prefix, int hidden, int inner) {
        add(prefix + ".gate_proj", Kind.MATRIX, inner, hidden);
        add(prefix + ".up_proj", Kind.MATRIX, inner, hidden);
        add(prefix + ".down_proj", Kind.RESIDUAL_MATRIX, hidden, inner);
    }

    private void addExperts(String prefix, ModelConfig config) {
        int hidden = config.hiddenSize();
        int experts = config.nRoutedExperts();
        int inner = config.moeIntermediateSize();
        add(prefix + ".gate", Kind.ROUTER, experts, hidden);
        add(prefix + ".experts.gate_proj", Kind.MATRIX, experts, inner, hidden);
        add(prefix + ".experts.up_proj", Kind.MATRIX, experts, inner, hidden);
        add(prefix + ".experts.down_proj", Kind.RESIDUAL_MATRIX, experts, hidden, inner);
        if (config.nSharedExperts() > 0) {
            addFeedForward(prefix + ".shared_experts", hidden, config.nSharedExperts() * inner);
        }
    }

    private void add(String name, Kind kind, long... shape) {
        Slot slot = new Slot(name, shape, size, kind);
        slots.put(name, slot);
        size = Math.addExact(size, slot.size());
    }

    /** Elements of the whole vector. */
    public int size() {
        return size;
    }

    /** All blocks in the vector's order. */
    public List<Slot> slots() {
        return new ArrayList<>(slots.values());
    }

    /** Offsets at which to cut the vector into its blocks: all but the first. */
    long[] cuts() {
        return slots.values().stream().skip(1).mapToLong(Slot::offset).toArray();
    }
}
