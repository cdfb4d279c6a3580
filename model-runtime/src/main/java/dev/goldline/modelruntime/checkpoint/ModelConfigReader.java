package dev.goldline.modelruntime.checkpoint;

import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Reads {@code config.json}. Both spellings of the rotary keys are understood ({@code rope_theta} with {@code
 * rope_scaling}, or {@code rope_parameters}; {@code type} or {@code rope_type}); {@code mlp_layer_types} may stand in
 * for {@code first_k_dense_replace}; keys that do not change the computation are ignored. Whatever would change it in a
 * way this runtime does not compute is refused.
 */
public final class ModelConfigReader {
    private static final long MAX_BYTES = 16L << 20;
    private static final int MAX_WIDTH = 1 << 24;
    private static final int MAX_COUNT = 1 << 16;

    private final ConfigKeys keys;

    private ModelConfigReader(ConfigKeys keys) {
        this.keys = keys;
    }

    /**
     * Reads one configuration.
     *
     * @param file a {@code config.json}
     * @throws CheckpointException naming file, key, value and mend
     */
    public static ModelConfig read(Path file) {
        return new ModelConfigReader(new ConfigKeys(file, "", JsonInput.object(file, MAX_BYTES))).config();
    }

    /**
     * Rows and columns that share one scale in fp8 weights: {@code quantization_config.weight_block_size}.
     *
     * @param otherwise both, where the configuration does not say
     */
    static int[] scaleBlock(Path file, int otherwise) {
        ConfigKeys keys = new ConfigKeys(file, "", JsonInput.object(file, MAX_BYTES));
        Optional<ConfigKeys> quantization = keys.child("quantization_config");
        Optional<JsonNode> block = quantization.flatMap(q -> q.array("weight_block_size"));
        if (quantization.isEmpty() || block.isEmpty()) {
            return new int[] {otherwise, otherwise};
        }
        JsonNode sizes = block.get();
        if (sizes.size() != 2 || !positive(sizes.get(0)) || !positive(sizes.get(1))) {
            throw quantization
                    .get()
                    .refused("weight_block_size", sizes.toString(), "two whole numbers from 1 are expected");
        }
        return new int[] {sizes.get(0).intValue(), sizes.get(1).intValue()};
    }

    private static boolean positive(JsonNode size) {
        return size.isInt() && size.intValue() > 0;
    }

    private ModelConfig config() {
        refuseOtherComputations();
        ConfigKeys rope = ropeKeys();
        int layers = keys.integer("num_hidden_layers", 1, MAX_COUNT);
        int dense = denseLayers(layers);
        boolean moe = dense < layers;
        int least = moe ? 1 : 0;
        int experts = keys.integerOr("n_routed_experts", least, MAX_COUNT, moe);
        ModelConfig config = new ModelConfig(
                keys.integer("vocab_size", 1, MAX_WIDTH),
                keys.integer("hidden_size", 1, MAX_WIDTH),
                layers,
                keys.integer("num_attention_heads", 1, MAX_COUNT),
                keys.integer("q_lora_rank", 1, MAX_WIDTH),
                keys.integer("kv_lora_rank", 1, MAX_WIDTH),
                keys.integer("qk_nope_head_dim", 1, MAX_COUNT),
                keys.integer("qk_rope_head_dim", 2, MAX_COUNT),
                keys.integer("v_head_dim", 1, MAX_COUNT),
                keys.integer("index_n_heads", 1, MAX_COUNT),
                keys.integer("index_head_dim", 2, MAX_COUNT),
                keys.integer("index_topk", 1, Integer.MAX_VALUE),
                keys.integerOr("intermediate_size", dense > 0 ? 1 : 0, MAX_WIDTH, dense > 0),
                keys.integerOr("moe_intermediate_size", least, MAX_WIDTH, moe),
                experts,
                keys.integerOr("n_shared_experts", 0, MAX_COUNT, false),
                keys.integerOr("num_experts_per_tok", least, MAX_COUNT, moe),
                Math.max(1, keys.integerOr("n_group", 0, MAX_COUNT, false)),
                Math.max(1, keys.integerOr("topk_group", 0, MAX_COUNT, false)),
                keys.flag("norm_topk_prob", true),
                keys.number("routed_scaling_factor", 1.0),
                dense,
                keys.number("rms_norm_eps", 1e-6),
                theta(rope),
                keys.integer("max_position_embeddings", 1, Integer.MAX_VALUE),
                scaling(rope),
                keys.flag("indexer_rope_interleave", false),
                keys.flag("tie_word_embeddings", false),
                keys.firstId("bos_token_id", 0),
                keys.firstId("eos_token_id", 1));
        validate(config, moe);
        return config;
    }

    private void refuseOtherComputations() {
        keys.expect("hidden_act", "silu");
        keys.expect("scoring_func", "sigmoid");
        keys.expect("topk_method", "noaux_tc");
        for (String flag : new String[] {"attention_bias", "mlp_bias"}) {
            if (keys.flag(flag, false)) {
                throw keys.refused(flag, "true", "only models without these biases are computed; it must be false");
            }
        }
        if (keys.integerOr("moe_layer_freq", 1, MAX_COUNT, false) > 1) {
            throw keys.refused(
                    "moe_layer_freq", keys.shown("moe_layer_freq"), "every layer past the dense ones is sparse: 1");
        }
        if (keys.integerOr("index_topk_freq", 1, MAX_COUNT, false) > 1) {
            throw keys.refused(
                    "index_topk_freq", keys.shown("index_topk_freq"), "layers that share an index are not computed: 1");
        }
    }

    /** Rotary keys sit in one of two objects, or in none. */
    private ConfigKeys ropeKeys() {
        return keys.child("rope_parameters")
                .or(() -> keys.child("rope_scaling"))
                .orElseGet(keys::empty);
    }

    private double theta(ConfigKeys rope) {
        ConfigKeys holder = rope.has("rope_theta") ? rope : keys;
        double theta = holder.number("rope_theta", 10000.0);
        if (theta <= 1) {
            throw holder.refused("rope_theta", holder.shown("rope_theta"), "a base above 1 is expected");
        }
        return theta;
    }

    private Optional<RopeScaling> scaling(ConfigKeys rope) {
        String typeKey = rope.has("rope_type") ? "rope_type" : "type";
        String type = rope.text(typeKey, "default");
        return switch (type) {
            case "default" -> Optional.empty();
            case "yarn" -> Optional.of(yarn(rope));
            default -> throw rope.refused(typeKey, "\"" + type + "\"", "expected \"default\" or \"yarn\"");
        };
    }

    private RopeScaling yarn(ConfigKeys rope) {
        double factor = rope.requiredNumber("factor");
        if (factor < 1) {
            throw rope.refused("factor", rope.shown("factor"), "expected at least 1");
        }
        if (!rope.flag("truncate", true)) {
            throw rope.refused("truncate", "false", "bounds of the ramp are always whole dimensions: true");
        }
        double mscale = rope.number("mscale", 0);
        double mscaleAllDim = rope.number("mscale_all_dim", 0);
        RopeScaling scaling = new RopeScaling(
                factor,
                positive(rope, "beta_fast", 32),
                positive(rope, "beta_slow", 1),
                mscale,
                mscaleAllDim,
                rope.integerOr(
                        "original_max_position_embeddings",
                        1,
                        Integer.MAX_VALUE,
                        false,
                        keys.integer("max_position_embeddings", 1, Integer.MAX_VALUE)));
        double attention = rope.number("attention_factor", scaling.attentionFactor());
        if (Math.abs(attention - scaling.attentionFactor()) > 1e-6) {
            throw rope.refused(
                    "attention_factor",
                    rope.shown("attention_factor"),
                    "mscale and mscale_all_dim give " + scaling.attentionFactor() + "; leave it out");
        }
        return scaling;
    }

    private static double positive(ConfigKeys holder, String key, double otherwise) {
        double value = holder.number(key, otherwise);
        if (!(value > 0)) {
            throw holder.refused(key, holder.shown(key), "a number above 0 is expected");
        }
        return value;
    }

    private int denseLayers(int layers) {
        Optional<JsonNode> types = keys.array("mlp_layer_types");
        if (types.isEmpty()) {
            return Math.min(layers, keys.integer("first_k_dense_replace", 0, Integer.MAX_VALUE));
        }
        JsonNode list = types.get();
        if (list.size() < layers) {
            throw keys.refused("mlp_layer_types", list.size() + " entries", layers + " layers need one each");
        }
        int dense = 0;
        for (int layer = 0; layer < layers; layer++) {
            String type = list.get(layer).asString("");
            if (!type.equals("dense") && !type.equals("sparse")) {
                throw keys.refused("mlp_layer_types[" + layer + "]", "\"" + type + "\"", "expected dense or sparse");
            }
            if (type.equals("dense") && dense++ < layer) {
                throw keys.refused("mlp_layer_types[" + layer + "]", "\"dense\"", "dense layers must come first");
            }
        }
        if (keys.has("first_k_dense_replace")
                && Math.min(layers, keys.integer("first_k_dense_replace", 0, Integer.MAX_VALUE)) != dense) {
            throw keys.refused(
                    "first_k_dense_replace",
                    keys.shown("first_k_dense_replace"),
                    "mlp_layer_types has " + dense + " dense layers; make them agree");
        }
        return dense;
    }

    private void validate(ModelConfig c, boolean moe) {
        if (c.qkRopeHeadDim() % 2 != 0) {
            throw keys.refused("qk_rope_head_dim", String.valueOf(c.qkRopeHeadDim()), "an even number is expected");
        }
        if (c.indexHeadDim() < c.qkRopeHeadDim()) {
            throw keys.refused(
                    "index_head_dim",
                    String.valueOf(c.indexHeadDim()),
                    "expected at least qk_rope_head_dim = " + c.qkRopeHeadDim());
        }
        if (!(c.rmsNormEps() >= 0) || c.rmsNormEps() > 1) {
            throw keys.refused("rms_norm_eps", String.valueOf(c.rmsNormEps()), "expected 0 to 1");
        }
        if (moe) {
            validateExperts(c);
        }
    }

    private void validateExperts(ModelConfig c) {
        if (c.nRoutedExperts() % c.nGroup() != 0) {
            throw keys.refused(
                    "n_group", String.valueOf(c.nGroup()), "n_routed_experts = " + c.nRoutedExperts() + " must divide");
        }
        if (c.nGroup() > 1 && c.nRoutedExperts() / c.nGroup() < 2) {
            throw keys.refused(
                    "n_group", String.valueOf(c.nGroup()), "a group is scored by its two best experts; it has one");
        }
        if (c.topkGroup() > c.nGroup()) {
            throw keys.refused("topk_group", String.valueOf(c.topkGroup()), "expected at most n_group = " + c.nGroup());
        }
        int reachable = c.nRoutedExperts() / c.nGroup() * c.topkGroup();
        if (c.numExpertsPerTok() > reachable) {
            throw keys.refused(
                    "num_experts_per_tok",
                    String.valueOf(c.numExpertsPerTok()),
                    "only " + reachable + " experts can be reached in " + c.topkGroup() + " of " + c.nGroup()
                            + " groups of " + c.nRoutedExperts());
        }
    }
}
