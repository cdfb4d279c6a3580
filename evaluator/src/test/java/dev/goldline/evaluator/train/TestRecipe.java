package dev.goldline.evaluator.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A recipe that takes a second or two, written into a folder. */
final class TestRecipe {
    static final String CONFIG = """
            {"vocab_size": 300, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
             "q_lora_rank": 8, "kv_lora_rank": 8, "qk_nope_head_dim": 4, "qk_rope_head_dim": 4, "v_head_dim": 4,
             "index_n_heads": 2, "index_head_dim": 4, "index_topk": 16, "intermediate_size": 16,
             "moe_intermediate_size": 8, "n_routed_experts": 4, "n_shared_experts": 1, "num_experts_per_tok": 2,
             "n_group": 1, "topk_group": 1, "first_k_dense_replace": 1, "max_position_embeddings": 2048}
            """;

    static final String RECIPE = """
            name: tiny
            config: config.json
            tokenizer:
              vocabulary: 300
              documents: 50
            training:
              seed: 3
              tokens: 6000
              step_tokens: 200
              shards: 2
              max_document_tokens: 160
              dense_fraction: 0.5
              learning_rate: 0.01
              warm_up_steps: 5
              decay_fraction: 0.5
              beta1: 0.9
              beta2: 0.95
              weight_decay: 0.0
              indexer_weight: 1.0
              balance_speed: 0.001
            data:
              seed: 5
              families:
                remainder: 1.0
                series: 0.5
              levels: [1, 1, 0.5, 0, 0]
              modes:
                non-thinking: 0.2
                standard: 0.4
                speciale: 0.4
              slips: 0.5
            """;

    private TestRecipe() {}

    /** Writes recipe and configuration, the text given replaced by another. */
    static Path write(Path folder, String old, String replacement) throws IOException {
        if (!RECIPE.contains(old)) {
            throw new IllegalArgumentException("the recipe has no '" + old + "'");
        }
        Files.writeString(folder.resolve("config.json"), CONFIG);
        return Files.writeString(
                folder.resolve("recipe.yaml"),
                RECIPE.replaceFirst(Pattern.quote(old), Matcher.quoteReplacement(replacement)));
    }

    static Path write(Path folder) throws IOException {
        return write(folder, "name: tiny", "name: tiny");
    }
}
