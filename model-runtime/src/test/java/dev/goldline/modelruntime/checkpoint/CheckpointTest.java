package dev.goldline.modelruntime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.goldline.modelruntime.TestConfigs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final String GATE = "model.layers.0.mlp.gate_proj.weight";
    private static final TensorSpec GATE_SPEC = new TensorSpec(GATE, 48, 32);

    @TempDir
    Path folder;

    private final ModelConfig config = TestConfigs.small();

    @BeforeEach
    void writeConfig() throws IOException {
        ModelConfigWriter.write(config, DType.F32, folder.resolve("config.json"));
    }

    @Test
    void reads_each_tensor_by_its_own_type() throws IOException {
        float[] values = values(GATE_SPEC);
        for (DType type : new DType[] {DType.F32, DType.BF16, DType.F16, DType.F8_E4M3}) {
            writer(name -> !name.equals(GATE)).add(GATE, type, values, 48, 32).write(single());
            try (Checkpoint checkpoint = Checkpoint.open(folder)) {
                float[] read = checkpoint.read(GATE_SPEC);
                for (int i = 0; i < values.length; i++) {
                    float expected = switch (type) {
                        case F32 -> values[i];
                        case BF16 -> FloatFormats.fromBf16(FloatFormats.toBf16(values[i]));
                        case F16 -> Float.float16ToFloat(Float.floatToFloat16(values[i]));
                        default -> FloatFormats.fromE4m3(FloatFormats.toE4m3(values[i]));
                    };
                    assertThat(read[i]).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void multiplies_fp8_by_its_block_scales_with_partial_blocks_at_the_edges() throws IOException {
        Path file = folder.resolve("config.json");
        String text = Files.readString(file).strip();
        Files.writeString(
                file,
                text.substring(0, text.length() - 1) + ", \"quantization_config\": {\"weight_block_size\": [20, 30]}}");
        float[] ones = new float[48 * 32];
        Arrays.fill(ones, 1.5f);
        float[] scales = {1, 2, 3, 4, 5, 6};
        writer(name -> !name.equals(GATE))
                .add(GATE, DType.F8_E4M3, ones, 48, 32)
                .add(GATE + "_scale_inv", DType.F32, scales, 3, 2)
                .write(single());
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            float[] read = checkpoint.read(GATE_SPEC);
            assertThat(read[0]).isEqualTo(1.5f);
            assertThat(read[31]).isEqualTo(3f);
            assertThat(read[20 * 32 + 29]).isEqualTo(4.5f);
            assertThat(read[47 * 32 + 30]).isEqualTo(9f);
        }
    }

    @Test
    void refuses_scales_that_are_no_positive_numbers() throws IOException {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, 0, -1}) {
            writer(name -> !name.equals(GATE))
                    .add(GATE, DType.F8_E4M3, values(GATE_SPEC), 48, 32)
                    .add(GATE + "_scale_inv", DType.F32, new float[] {bad}, 1, 1)
                    .write(single());
            try (Checkpoint checkpoint = Checkpoint.open(folder)) {
                assertThatThrownBy(() -> checkpoint.read(GATE_SPEC))
                        .isInstanceOf(CheckpointException.class)
                        .hasMessageContaining(
                                GATE + "_scale_inv element 0 is " + bad + "; a finite scale above 0 is expected");
            }
        }
    }

    @Test
    void refuses_scales_of_another_shape() throws IOException {
        writer(name -> !name.equals(GATE))
                .add(GATE, DType.F8_E4M3, values(GATE_SPEC), 48, 32)
                .add(GATE + "_scale_inv", DType.F32, new float[2], 2, 1)
                .write(single());
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThatThrownBy(() -> checkpoint.read(GATE_SPEC))
                    .hasMessageContaining(GATE + "_scale_inv has shape [2, 1] but config.json asks for [1, 1]");
        }
    }

    @Test
    void refuses_weights_that_are_no_numbers() throws IOException {
        float[] values = values(GATE_SPEC);
        values[5] = Float.NaN;
        writer(name -> !name.equals(GATE)).add(GATE, DType.F32, values, 48, 32).write(single());
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThatThrownBy(() -> checkpoint.read(GATE_SPEC)).hasMessageContaining(GATE + " element 5 is NaN");
        }
    }

    @Test
    void names_a_missing_tensor() throws IOException {
        writer(name -> !name.equals("model.layers.2.self_attn.indexer.k_norm.bias"))
                .write(single());
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor model.layers.2.self_attn.indexer.k_norm.bias is missing");
    }

    @Test
    void names_a_tensor_of_another_shape_with_both_shapes() throws IOException {
        writer(name -> !name.equals(GATE))
                .add(GATE, DType.F32, new float[48 * 16], 48, 16)
                .write(single());
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .hasMessageContaining("tensor " + GATE + " has shape [48, 16] but config.json asks for [48, 32]");
    }

    @Test
    void refuses_a_weight_of_whole_numbers() throws IOException {
        writer(name -> !name.equals(GATE)).add(GATE, new int[48 * 32], 48, 32).write(single());
        assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining(GATE + " is I32: a floating-point type");
    }

    @Test
    void ignores_layers_past_the_last_and_other_tensors() throws IOException {
        writer(name -> true)
                .add("model.layers.3.self_attn.q_a_proj.weight", DType.F32, new float[1], 1)
                .add("anything", new int[0], 0)
                .write(single());
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.config()).isEqualTo(config);
        }
    }

    @Test
    void needs_no_head_where_embeddings_are_tied() throws IOException {
        ModelConfigWriter.write(TestConfigs.edit(config).tied().build(), DType.F32, folder.resolve("config.json"));
        writer(name -> !name.equals(TensorLayout.HEAD)).write(single());
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(checkpoint.config().tieWordEmbeddings()).isTrue();
        }
    }

    @Test
    void reads_shards_by_their_index() throws IOException {
        writer(name -> name.contains("layers.0")).write(folder.resolve("model-00001-of-00002.safetensors"));
        writer(name -> !name.contains("layers.0")).write(folder.resolve("model-00002-of-00002.safetensors"));
        StringBuilder map = new StringBuilder();
        TensorLayout.tensors(config)
                .forEach(spec -> map.append(map.isEmpty() ? "" : ",")
                        .append('"')
                        .append(spec.name())
                        .append("\":\"model-0000")
                        .append(spec.name().contains("layers.0") ? 1 : 2)
                        .append("-of-00002.safetensors\""));
        index("{\"weight_map\":{" + map + "}}");
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            assertThat(TensorLayout.tensors(config))
                    .allSatisfy(spec -> assertThat(checkpoint.read(spec)).containsExactly(values(spec)));
        }
    }

    @Test
    void refuses_a_shard_outside_the_folder() throws IOException {
        for (String name : new String[] {"../x.safetensors", "/etc/passwd", "a/b", "..", ""}) {
            index("{\"weight_map\":{\"model.norm.weight\":\"" + name + "\"}}");
            assertThatThrownBy(() -> Checkpoint.open(folder))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(
                            "weight_map.model.norm.weight is \"" + name + "\": a plain file name is expected");
        }
    }

    @Test
    void refuses_an_index_that_does_not_match_its_shards() throws IOException {
        writer(name -> true).write(folder.resolve("shard"));
        index("{\"weight_map\":{\"other\":\"shard\"}}");
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .hasMessageContaining("weight_map puts other into shard, which has no such tensor");
        index("{}");
        assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining("weight_map is missing");
        index("{\"weight_map\":{\"x\":\"gone\"}}");
        assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining("gone: no such file");
    }

    @Test
    void says_what_a_folder_lacks() {
        assertThatThrownBy(() -> Checkpoint.open(folder))
                .hasMessageContaining("neither model.safetensors nor model.safetensors.index.json is there");
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("none"))).hasMessageContaining("no such folder");
    }

    private void index(String json) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), json);
    }

    private Path single() {
        return folder.resolve("model.safetensors");
    }

    private SafetensorsWriter writer(Predicate<String> included) {
        SafetensorsWriter writer = new SafetensorsWriter();
        TensorLayout.tensors(config)
                .filter(spec -> included.test(spec.name()))
                .forEach(spec -> writer.add(spec.name(), DType.F32, values(spec), spec.shape()));
        return writer;
    }

    private static float[] values(TensorSpec spec) {
        return RandomCheckpoint.values(spec, new SplittableRandom(spec.name().length()));
    }
}
