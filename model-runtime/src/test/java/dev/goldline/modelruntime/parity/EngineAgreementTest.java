package dev.goldline.modelruntime.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.goldline.modelruntime.TestConfigs;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.CheckpointException;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfigWriter;
import dev.goldline.modelruntime.checkpoint.RandomCheckpoint;
import dev.goldline.modelruntime.checkpoint.SafetensorsWriter;
import dev.goldline.modelruntime.checkpoint.TensorLayout;
import dev.goldline.modelruntime.djl.DjlCausalModel;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.kernels.PackedMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two independent implementations of one architecture, on random models of many shapes. */
class EngineAgreementTest {
    private static final int CONTEXT = 40;
    private static final int CONTINUED = 8;
    private static final BiConsumer<String, float[]> AS_DRAWN = (name, values) -> {};

    @TempDir
    Path folder;

    /** A model by what is special about it. */
    private record Shape(String what, Map<String, Object> keys, BiConsumer<String, float[]> change) {
        Shape(String what, Map<String, Object> keys) {
            this(what, keys, AS_DRAWN);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Shape> shapes() {
        Map<String, Object> yarn = Map.of(
                "type",
                "yarn",
                "factor",
                8,
                "beta_fast",
                4,
                "beta_slow",
                1,
                "mscale",
                0.7,
                "mscale_all_dim",
                1.3,
                "original_max_position_embeddings",
                16);
        return Stream.of(
                new Shape("a dense layer, then grouped experts", Map.of()),
                new Shape("one index head, so that many scores are exactly 0", Map.of("index_n_heads", 1)),
                new Shape("one key selected", Map.of("index_topk", 1)),
                new Shape("one index head and one key", Map.of("index_n_heads", 1, "index_topk", 1)),
                new Shape("more keys selected than there are", Map.of("index_topk", 64)),
                new Shape("as many keys selected as there are", Map.of("index_topk", CONTEXT)),
                new Shape("all groups kept", Map.of("topk_group", 4)),
                new Shape("one group kept", Map.of("topk_group", 1, "num_experts_per_tok", 2)),
                new Shape("no groups", Map.of("n_group", 1, "topk_group", 1)),
                new Shape("one group an expert pair, one expert a token", Map.of("num_experts_per_tok", 1)),
                new Shape("no shared expert", Map.of("n_shared_experts", 0)),
                new Shape("two shared experts", Map.of("n_shared_experts", 2)),
                new Shape("no dense layer", Map.of("first_k_dense_replace", 0)),
                new Shape(
                        "dense layers only",
                        Map.of("first_k_dense_replace", 3, "n_routed_experts", 0, "num_experts_per_tok", 0)),
                new Shape("one attention head", Map.of("num_attention_heads", 1)),
                new Shape("all of an index head rotated", Map.of("index_head_dim", 6)),
                new Shape(
                        "odd sizes",
                        Map.of(
                                "hidden_size",
                                23,
                                "q_lora_rank",
                                13,
                                "kv_lora_rank",
                                7,
                                "v_head_dim",
                                5,
                                "qk_nope_head_dim",
                                3,
                                "index_head_dim",
                                9,
                                "intermediate_size",
                                17,
                                "moe_intermediate_size",
                                11,
                                "vocab_size",
                                53)),
                new Shape("YaRN whose two scales differ", Map.of("rope_scaling", yarn)),
                new Shape("the embedding as head", Map.of("tie_word_embeddings", true)),
                new Shape("an indexer that rotates neighbours", Map.of("indexer_rope_interleave", true)),
                new Shape("expert weights as the gate gives them", Map.of("norm_topk_prob", false)),
                new Shape("a larger eps in the norms", Map.of("rms_norm_eps", 1e-5)),
                new Shape("an eps in the norms that is felt", Map.of("rms_norm_eps", 0.3)),
                new Shape("scores of experts below 0", Map.of(), (name, values) -> {
                    if (name.endsWith("e_score_correction_bias")) {
                        for (int i = 0; i < values.length; i++) {
                            values[i] -= 2;
                        }
                    }
                }),
                new Shape("scores of experts all equal", Map.of("num_experts_per_tok", 2), (name, values) -> {
                    if (name.contains("mlp.gate.")) {
                        Arrays.fill(values, 0);
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void both_engines_choose_the_same_and_compute_the_same(Shape shape) throws IOException {
        ModelConfig config = TestConfigs.with(shape.keys());
        write(config, shape.change());
        int[] ids = ids(config.vocabSize(), CONTEXT);
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                ParitySubject ours = ours(checkpoint);
                ParitySubject tensors = tensors(checkpoint)) {
            assertThat(checkpoint.config()).isEqualTo(config);
            var found = ours.forward(ids, Optional.empty());
            var expected = tensors.forward(ids, Optional.empty());

            assertThat(found.selected()).isDeepEqualTo(expected.selected());
            for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
                for (int position = 0; position < CONTEXT; position++) {
                    assertThat(found.experts()[layer][position])
                            .as("experts in layer %d at %d", layer, position)
                            .containsExactlyInAnyOrder(expected.experts()[layer][position])
                            .hasSize(config.isDense(layer) ? 0 : config.numExpertsPerTok());
                }
            }
            for (int position = 0; position < CONTEXT; position++) {
                assertThat(found.logits()[position])
                        .as("logits at %d", position)
                        .containsExactly(expected.logits()[position], within(1e-4f));
            }
            int[] prompt = Arrays.copyOf(ids, CONTEXT / 2);
            assertThat(ours.greedy(prompt, CONTINUED)).isEqualTo(tensors.greedy(prompt, CONTINUED));
        }
    }

    @Test
    void experts_with_equal_scores_are_taken_from_the_lowest_up() throws IOException {
        ModelConfig config = TestConfigs.with(Map.of());
        write(config, (name, values) -> {
            if (name.contains("mlp.gate.")) {
                Arrays.fill(values, 0);
            }
        });
        int[] ids = ids(config.vocabSize(), 5);
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                ParitySubject ours = ours(checkpoint);
                ParitySubject tensors = tensors(checkpoint)) {
            for (ParitySubject engine : List.of(ours, tensors)) {
                int[][][] experts = engine.forward(ids, Optional.empty()).experts();
                for (int[] token : experts[2]) {
                    assertThat(token).as(engine.name()).containsExactlyInAnyOrder(0, 1, 2);
                }
            }
        }
    }

    @Test
    void keys_with_equal_scores_are_taken_from_the_earliest_on() throws IOException {
        ModelConfig config = TestConfigs.with(Map.of("index_topk", 4));
        write(config, (name, values) -> {
            if (name.endsWith("weights_proj.weight")) {
                Arrays.fill(values, 0);
            }
        });
        int[] ids = ids(config.vocabSize(), 9);
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                ParitySubject ours = ours(checkpoint);
                ParitySubject tensors = tensors(checkpoint)) {
            for (ParitySubject engine : List.of(ours, tensors)) {
                int[][][] keys = engine.forward(ids, Optional.empty()).selected();
                assertThat(keys[1][8]).as(engine.name()).containsExactly(0, 1, 2, 3);
            }
        }
    }

    /** A group is scored by the sum of its two best experts. */
    @Test
    void groups_of_one_expert_are_refused_before_any_engine_sees_them() {
        assertThatThrownBy(() -> TestConfigs.with(Map.of("n_group", 8, "topk_group", 4)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("n_group")
                .hasMessageContaining("a group is scored by its two best experts; it has one");
    }

    /** The norms of both latents divide their input by its size, up to an eps that no configuration changes. */
    @Test
    void latents_are_normalised_whatever_their_size_and_whatever_eps_the_other_norms_have() throws IOException {
        ModelConfig config = TestConfigs.with(Map.of("rms_norm_eps", 0.3));
        float[][][] logits = new float[4][][];
        int[] ids = ids(config.vocabSize(), 12);
        for (int factor : new int[] {1, 50}) {
            write(config, (name, values) -> {
                int latent = name.endsWith("q_a_proj.weight")
                        ? values.length
                        : name.endsWith("kv_a_proj_with_mqa.weight") ? config.kvLoraRank() * config.hiddenSize() : 0;
                for (int i = 0; i < latent; i++) {
                    values[i] *= factor;
                }
            });
            try (Checkpoint checkpoint = Checkpoint.open(folder);
                    ParitySubject ours = ours(checkpoint);
                    ParitySubject tensors = tensors(checkpoint)) {
                logits[factor == 1 ? 0 : 1] =
                        ours.forward(ids, Optional.empty()).logits();
                logits[factor == 1 ? 2 : 3] =
                        tensors.forward(ids, Optional.empty()).logits();
            }
        }
        for (int position = 0; position < ids.length; position++) {
            assertThat(logits[1][position]).containsExactly(logits[0][position], within(1e-3f));
            assertThat(logits[3][position]).containsExactly(logits[2][position], within(1e-3f));
        }
    }

    private static ParitySubject ours(Checkpoint checkpoint) {
        return new NativeParitySubject(
                NativeCausalModel.load(checkpoint, LoadOptions.in(PackedMatrix.Format.FP32)), "native");
    }

    private static ParitySubject tensors(Checkpoint checkpoint) {
        return new DjlParitySubject(DjlCausalModel.load(checkpoint), "djl");
    }

    private static int[] ids(int vocabulary, int count) {
        return new SplittableRandom(5).ints(count, 0, vocabulary).toArray();
    }

    private void write(ModelConfig config, BiConsumer<String, float[]> change) throws IOException {
        ModelConfigWriter.write(config, DType.F32, folder.resolve("config.json"));
        SafetensorsWriter writer = new SafetensorsWriter();
        SplittableRandom seeds = new SplittableRandom(11);
        TensorLayout.tensors(config).forEach(spec -> {
            float[] values = RandomCheckpoint.values(spec, seeds.split());
            change.accept(spec.name(), values);
            writer.add(spec.name(), DType.F32, values, spec.shape());
        });
        writer.write(folder.resolve("model.safetensors"));
    }
}
