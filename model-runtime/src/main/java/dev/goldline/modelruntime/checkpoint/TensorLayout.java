package dev.goldline.modelruntime.checkpoint;

import static dev.goldline.modelruntime.checkpoint.TensorSpec.matrix;
import static dev.goldline.modelruntime.checkpoint.TensorSpec.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tensors of a model by its configuration: Hugging Face names, shapes as {@code [out, in]}. */
public final class TensorLayout {
    public static final String EMBEDDING = "model.embed_tokens.weight";
    public static final String FINAL_NORM = "model.norm.weight";
    public static final String HEAD = "lm_head.weight";

    private TensorLayout() {}

    /** The prefix of a layer's tensors, with its final dot. */
    public static String layer(int layer) {
        return "model.layers." + layer + ".";
    }

    /** Every tensor the model reads, made as the stream is consumed. */
    public static Stream<TensorSpec> tensors(ModelConfig c) {
        Stream<TensorSpec> ends = Stream.of(
                matrix(EMBEDDING, c.vocabSize(), c.hiddenSize()),
                vector(FINAL_NORM, c.hiddenSize()),
                matrix(HEAD, c.vocabSize(), c.hiddenSize()));
        return Stream.concat(
                ends.filter(spec -> !(c.tieWordEmbeddings() && spec.name().equals(HEAD))),
                IntStream.range(0, c.numHiddenLayers()).boxed().flatMap(layer -> layerTensors(c, layer)));
    }

    /** The tensors of one layer, made as the stream is consumed. */
    public static Stream<TensorSpec> layerTensors(ModelConfig c, int layer) {
        String prefix = layer(layer);
        return Stream.concat(
                attention(c, prefix),
                c.isDense(layer)
                        ? mlp(prefix + "mlp.", c.hiddenSize(), c.intermediateSize())
                        : moe(c, prefix + "mlp."));
    }

    private static Stream<TensorSpec> attention(ModelConfig c, String prefix) {
        long heads = c.numAttentionHeads();
        int hidden = c.hiddenSize();
        String attn = prefix + "self_attn.";
        String indexer = attn + "indexer.";
        return Stream.of(
                vector(prefix + "input_layernorm.weight", hidden),
                matrix(attn + "q_a_proj.weight", c.qLoraRank(), hidden),
                vector(attn + "q_a_layernorm.weight", c.qLoraRank()),
                matrix(attn + "q_b_proj.weight", heads * c.qkHeadDim(), c.qLoraRank()),
                matrix(attn + "kv_a_proj_with_mqa.weight", (long) c.kvLoraRank() + c.qkRopeHeadDim(), hidden),
                vector(attn + "kv_a_layernorm.weight", c.kvLoraRank()),
                matrix(attn + "kv_b_proj.weight", heads * (c.qkNopeHeadDim() + c.vHeadDim()), c.kvLoraRank()),
                matrix(attn + "o_proj.weight", hidden, heads * c.vHeadDim()),
                matrix(indexer + "wq_b.weight", (long) c.indexNHeads() * c.indexHeadDim(), c.qLoraRank()),
                matrix(indexer + "wk.weight", c.indexHeadDim(), hidden),
                vector(indexer + "k_norm.weight", c.indexHeadDim()),
                vector(indexer + "k_norm.bias", c.indexHeadDim()),
                matrix(indexer + "weights_proj.weight", c.indexNHeads(), hidden),
                vector(prefix + "post_attention_layernorm.weight", hidden));
    }

    private static Stream<TensorSpec> moe(ModelConfig c, String mlp) {
        int hidden = c.hiddenSize();
        List<TensorSpec> gate = new ArrayList<>();
        gate.add(matrix(mlp + "gate.weight", c.nRoutedExperts(), hidden));
        gate.add(vector(mlp + "gate.e_score_correction_bias", c.nRoutedExperts()));
        Stream<TensorSpec> shared = c.nSharedExperts() == 0
                ? Stream.empty()
                : mlp(mlp + "shared_experts.", hidden, (long) c.nSharedExperts() * c.moeIntermediateSize());
        Stream<TensorSpec> experts = IntStream.range(0, c.nRoutedExperts())
                .boxed()
                .flatMap(e -> mlp(mlp + "experts." + e + ".", hidden, c.moeIntermediateSize()));
        return Stream.concat(gate.stream(), Stream.concat(shared, experts));
    }

    private static Stream<TensorSpec> mlp(String prefix, int hidden, long inner) {
        return Stream.of(
                matrix(prefix + "gate_proj.weight", inner, hidden),
                matrix(prefix + "up_proj.weight", inner, hidden),
                matrix(prefix + "down_proj.weight", hidden, inner));
    }
}
