package dev.goldline.modelruntime;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;
import dev.goldline.modelruntime.checkpoint.ModelConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Configurations for tests. */
public final class TestConfigs {
    private TestConfigs() {}

    /** The released DeepSeek-V3.2. */
    public static ModelConfig v32() {
        return new ModelConfig(
                129280,
                7168,
                61,
                128,
                1536,
                512,
                128,
                64,
                128,
                64,
                128,
                2048,
                18432,
                2048,
                256,
                1,
                8,
                8,
                4,
                true,
                2.5,
                3,
                1e-6,
                10000,
                163840,
                Optional.of(new RopeScaling(40, 32, 1, 1, 1, 4096)),
                false,
                false,
                0,
                1);
    }

    /** Three layers of a few units, sparse at six keys. */
    public static ModelConfig small() {
        return new ModelConfig(
                41,
                32,
                3,
                4,
                24,
                16,
                16,
                8,
                12,
                3,
                12,
                6,
                48,
                12,
                8,
                1,
                3,
                4,
                2,
                true,
                2.5,
                1,
                1e-6,
                10000,
                640,
                Optional.empty(),
                false,
                false,
                0,
                1);
    }

    public static Edit edit(ModelConfig config) {
        return new Edit(config);
    }

    /** Changes some dimensions of a configuration. */
    public static final class Edit {
        private ModelConfig c;

        private Edit(ModelConfig config) {
            this.c = config;
        }

        public Edit heads(int heads, int nope, int rope, int value) {
            return set(
                    c.hiddenSize(),
                    c.numHiddenLayers(),
                    heads,
                    nope,
                    rope,
                    value,
                    c.indexNHeads(),
                    c.indexHeadDim(),
                    c.indexTopk(),
                    c.nRoutedExperts(),
                    c.nSharedExperts(),
                    c.numExpertsPerTok(),
                    c.nGroup(),
                    c.topkGroup(),
                    c.normTopkProb(),
                    c.routedScalingFactor(),
                    c.firstKDenseReplace(),
                    c.ropeScaling(),
                    c.indexerRopeInterleaved(),
                    c.tieWordEmbeddings());
        }

        public Edit index(int heads, int dims, int topk) {
            return set(
                    c.hiddenSize(),
                    c.numHiddenLayers(),
                    c.numAttentionHeads(),
                    c.qkNopeHeadDim(),
                    c.qkRopeHeadDim(),
                    c.vHeadDim(),
                    heads,
                    dims,
                    topk,
                    c.nRoutedExperts(),
                    c.nSharedExperts(),
                    c.numExpertsPerTok(),
                    c.nGroup(),
                    c.topkGroup(),
                    c.normTopkProb(),
                    c.routedScalingFactor(),
                    c.firstKDenseReplace(),
                    c.ropeScaling(),
                    c.indexerRopeInterleaved(),
                    c.tieWordEmbeddings());
        }

        public Edit layers(int hidden, int layers, int dense) {
            return set(
                    hidden,
                    layers,
                    c.numAttentionHeads(),
                    c.qkNopeHeadDim(),
                    c.qkRopeHeadDim(),
                    c.vHeadDim(),
                    c.indexNHeads(),
                    c.indexHeadDim(),
                    c.indexTopk(),
                    c.nRoutedExperts(),
                    c.nSharedExperts(),
                    c.numExpertsPerTok(),
                    c.nGroup(),
                    c.topkGroup(),
                    c.normTopkProb(),
                    c.routedScalingFactor(),
                    dense,
                    c.ropeScaling(),
                    c.indexerRopeInterleaved(),
                    c.tieWordEmbeddings());
        }

        public Edit experts(int routed, int perToken, int shared) {
            return set(
                    c.hiddenSize(),
                    c.numHiddenLayers(),
                    c.numAttentionHeads(),
                    c.qkNopeHeadDim(),
                    c.qkRopeHeadDim(),
                    c.vHeadDim(),
                    c.indexNHeads(),
                    c.indexHeadDim(),
                    c.indexTopk(),
                    routed,
                    shared,
                    perToken,
                    c.nGroup(),
                    c.topkGroup(),
                    c.normTopkProb(),
                    c.routedScalingFactor(),
                    c.firstKDenseReplace(),
                    c.ropeScaling(),
                    c.indexerRopeInterleaved(),
                    c.tieWordEmbeddings());
        }

        public Edit groups(int groups, int kept) {
            return set(
                    c.hiddenSize(),
                    c.numHiddenLayers(),
                    c.numAttentionHeads(),
                    c.qkNopeHeadDim(),
                    c.qkRopeHeadDim(),
                    c.vHeadDim(),
                    c.indexNHeads(),
                    c.indexHeadDim(),
                    c.indexTopk(),
                    c.nRoutedExperts(),
                    c.nSharedExperts(),
                    c.numExpertsPerTok(),
                    groups,
                    kept,
                    c.normTopkProb(),
                    c.routedScalingFactor(),
                    c.firstKDenseReplace(),
                    c.ropeScaling(),
                    c.indexerRopeInterleaved(),
                    c.tieWordEmbeddings());
        }

        public Edit scaling(double factor) {
            return weights(c.normTopkProb(), factor);
        }

        public Edit weights(boolean normalised, double factor) {
            return set(
                    c.hiddenSize(),
                    c.numHiddenLayers(),
                    c.numAttentionHeads(),
                    c.qkNopeHeadDim(),
                    c.qkRopeHeadDim(),
                    c.vHeadDim(),
                    c.indexNHeads(),
                    c.indexHeadDim(),
                    c.indexTopk(),
                    c.nRoutedExperts(),
                    c.nSharedExperts(),
                    c.numExpertsPerTok(),
                    c.nGroup(),
                    c.topkGroup(),
                    normalised,
                    factor,
                    c.firstKDenseReplace(),
                    c.ropeScaling(),
                    c.indexerRopeInterleaved(),
                    c.tieWordEmbeddings());
        }

        public Edit rope(Optional<RopeScaling> scaling, boolean indexerInterleaved) {
            return set(
                    c.hiddenSize(),
                    c.numHiddenLayers(),
                    c.numAttentionHeads(),
                    c.qkNopeHeadDim(),
                    c.qkRopeHeadDim(),
                    c.vHeadDim(),
                    c.indexNHeads(),
                    c.indexHeadDim(),
                    c.indexTopk(),
                    c.nRoutedExperts(),
                    c.nSharedExperts(),
                    c.numExpertsPerTok(),
                    c.nGroup(),
                    c.topkGroup(),
                    c.normTopkProb(),
                    c.routedScalingFactor(),
                    c.firstKDenseReplace(),
                    scaling,
                    indexerInterleaved,
                    c.tieWordEmbeddings());
        }

        public Edit tied() {
            return set(
                    c.hiddenSize(),
                    c.numHiddenLayers(),
                    c.numAttentionHeads(),
                    c.qkNopeHeadDim(),
                    c.qkRopeHeadDim(),
                    c.vHeadDim(),
                    c.indexNHeads(),
                    c.indexHeadDim(),
                    c.indexTopk(),
                    c.nRoutedExperts(),
                    c.nSharedExperts(),
                    c.numExpertsPerTok(),
                    c.nGroup(),
                    c.topkGroup(),
                    c.normTopkProb(),
                    c.routedScalingFactor(),
                    c.firstKDenseReplace(),
                    c.ropeScaling(),
                    c.indexerRopeInterleaved(),
                    true);
        }

        public ModelConfig build() {
            return c;
        }

        private Edit set(
                int hidden,
                int layers,
                int heads,
                int nope,
                int rope,
                int value,
                int indexHeads,
                int indexDims,
                int topk,
                int experts,
                int shared,
                int perToken,
                int groups,
                int kept,
                boolean normalised,
                double scaling,
                int dense,
                Optional<RopeScaling> yarn,
                boolean interleaved,
                boolean tied) {
            c = new ModelConfig(
                    c.vocabSize(),
                    hidden,
                    layers,
                    heads,
                    c.qLoraRank(),
                    c.kvLoraRank(),
                    nope,
                    rope,
                    value,
                    indexHeads,
                    indexDims,
                    topk,
                    c.intermediateSize(),
                    c.moeIntermediateSize(),
                    experts,
                    shared,
                    perToken,
                    groups,
                    kept,
                    normalised,
                    scaling,
                    dense,
                    c.rmsNormEps(),
                    c.ropeTheta(),
                    c.maxPositionEmbeddings(),
                    yarn,
                    interleaved,
                    tied,
                    c.bosTokenId(),
                    c.eosTokenId());
            return this;
        }
    }

    /** Two sparse layers after a dense one, grouped experts, a selection of six keys; with these keys changed. */
    public static ModelConfig with(Map<String, Object> changes) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("vocab_size", 61);
        keys.put("hidden_size", 24);
        keys.put("num_hidden_layers", 3);
        keys.put("num_attention_heads", 3);
        keys.put("q_lora_rank", 16);
        keys.put("kv_lora_rank", 12);
        keys.put("qk_nope_head_dim", 8);
        keys.put("qk_rope_head_dim", 6);
        keys.put("v_head_dim", 8);
        keys.put("index_n_heads", 8);
        keys.put("index_head_dim", 10);
        keys.put("index_topk", 6);
        keys.put("intermediate_size", 20);
        keys.put("moe_intermediate_size", 12);
        keys.put("n_routed_experts", 8);
        keys.put("n_shared_experts", 1);
        keys.put("num_experts_per_tok", 3);
        keys.put("n_group", 4);
        keys.put("topk_group", 2);
        keys.put("routed_scaling_factor", 1.5);
        keys.put("first_k_dense_replace", 1);
        keys.put("max_position_embeddings", 256);
        keys.putAll(changes);
        try {
            Path file = Files.createTempFile("config", ".json");
            try {
                Files.write(file, JsonMapper.builder().build().writeValueAsBytes(keys));
                return ModelConfigReader.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
