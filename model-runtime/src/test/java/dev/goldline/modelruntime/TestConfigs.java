package dev.goldline.modelruntime;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfigReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Configurations of models small enough to run in a blink, told by what is special about them. */
public final class TestConfigs {
    private TestConfigs() {}

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
