package dev.goldline.modelruntime.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes {@code config.json} in the spelling of DeepSeek's own checkpoints, which every reader understands. */
public final class ModelConfigWriter {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ModelConfigWriter() {}

    /**
     * Writes one configuration.
     *
     * @param weights the element type most weights of the checkpoint are stored in
     */
    public static void write(ModelConfig c, DType weights, Path file) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.putArray("architectures").add("DeepseekV32ForCausalLM");
        root.put("model_type", "deepseek_v32");
        dimensions(c, root);
        experts(c, root);
        rope(c, root);
        root.put("indexer_rope_interleave", c.indexerRopeInterleaved());
        root.put("tie_word_embeddings", c.tieWordEmbeddings());
        root.put("attention_bias", false);
        root.put("attention_dropout", 0.0);
        root.put("hidden_act", "silu");
        root.put("bos_token_id", c.bosTokenId());
        root.put("eos_token_id", c.eosTokenId());
        root.put(
                "torch_dtype",
                switch (weights) {
                    case F32 -> "float32";
                    case F16 -> "float16";
                    case BF16, F8_E4M3 -> "bfloat16";
                    case I32, U8 -> throw new IllegalArgumentException("weights are floating-point, not " + weights);
                });
        Files.writeString(file, MAPPER.writeValueAsString(root) + "\n");
    }

    private static void dimensions(ModelConfig c, ObjectNode root) {
        root.put("vocab_size", c.vocabSize());
        root.put("hidden_size", c.hiddenSize());
        root.put("num_hidden_layers", c.numHiddenLayers());
        root.put("num_attention_heads", c.numAttentionHeads());
        root.put("num_key_value_heads", c.numAttentionHeads());
        root.put("q_lora_rank", c.qLoraRank());
        root.put("kv_lora_rank", c.kvLoraRank());
        root.put("qk_nope_head_dim", c.qkNopeHeadDim());
        root.put("qk_rope_head_dim", c.qkRopeHeadDim());
        root.put("v_head_dim", c.vHeadDim());
        root.put("index_n_heads", c.indexNHeads());
        root.put("index_head_dim", c.indexHeadDim());
        root.put("index_topk", c.indexTopk());
        root.put("intermediate_size", c.intermediateSize());
        root.put("max_position_embeddings", c.maxPositionEmbeddings());
        root.put("rms_norm_eps", c.rmsNormEps());
    }

    private static void experts(ModelConfig c, ObjectNode root) {
        root.put("moe_intermediate_size", c.moeIntermediateSize());
        root.put("n_routed_experts", c.nRoutedExperts());
        root.put("n_shared_experts", c.nSharedExperts());
        root.put("num_experts_per_tok", c.numExpertsPerTok());
        root.put("n_group", c.nGroup());
        root.put("topk_group", c.topkGroup());
        root.put("norm_topk_prob", c.normTopkProb());
        root.put("routed_scaling_factor", c.routedScalingFactor());
        root.put("first_k_dense_replace", c.firstKDenseReplace());
        root.put("moe_layer_freq", 1);
        root.put("scoring_func", "sigmoid");
        root.put("topk_method", "noaux_tc");
        root.put("num_nextn_predict_layers", 0);
    }

    private static void rope(ModelConfig c, ObjectNode root) {
        root.put("rope_theta", c.ropeTheta());
        if (c.ropeScaling().isEmpty()) {
            root.putNull("rope_scaling");
            return;
        }
        ModelConfig.RopeScaling scaling = c.ropeScaling().get();
        root.putObject("rope_scaling")
                .put("type", "yarn")
                .put("factor", scaling.factor())
                .put("beta_fast", scaling.betaFast())
                .put("beta_slow", scaling.betaSlow())
                .put("mscale", scaling.mscale())
                .put("mscale_all_dim", scaling.mscaleAllDim())
                .put("original_max_position_embeddings", scaling.originalMaxPositionEmbeddings());
    }
}
