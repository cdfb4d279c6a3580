package dev.goldline.modelruntime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.goldline.modelruntime.TestConfigs;
import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ModelConfigReaderTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final RopeScaling YARN = new RopeScaling(40, 32, 1, 1, 1, 4096);

    @TempDir
    Path folder;

    @Test
    void reads_what_the_writer_wrote() throws IOException {
        ModelConfig yarn = TestConfigs.edit(TestConfigs.small())
                .rope(Optional.of(YARN), true)
                .tied()
                .build();
        for (ModelConfig config : new ModelConfig[] {TestConfigs.v32(), TestConfigs.small(), yarn}) {
            Path file = folder.resolve("config.json");
            ModelConfigWriter.write(config, DType.BF16, file);
            assertThat(ModelConfigReader.read(file)).isEqualTo(config);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'rope_theta': 10000, 'rope_scaling': {'type': 'yarn', @}}",
                "{'rope_theta': 10000, 'rope_scaling': {'rope_type': 'yarn', @}}",
                "{'rope_scaling': null, 'rope_theta': null, 'rope_parameters': {'rope_theta': 10000, 'rope_type': 'yarn', @}}",
                "{'rope_theta': 10000, 'rope_parameters': {'type': 'yarn', @}}"
            })
    void understands_every_spelling_of_yarn(String rope) throws IOException {
        String keys = "'factor': 40, 'mscale': 1.0, 'mscale_all_dim': 1.0, 'beta_fast': 32, 'beta_slow': 1,"
                + " 'original_max_position_embeddings': 4096";
        ModelConfig config = read(edited(rope.replace("@", keys).replace('\'', '"')));
        assertThat(config.ropeScaling()).contains(YARN);
        assertThat(config.ropeTheta()).isEqualTo(10000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'rope_theta': 500, 'rope_scaling': null}",
                "{'rope_theta': 500}",
                "{'rope_theta': null, 'rope_parameters': {'rope_theta': 500.0, 'rope_type': 'default'}}"
            })
    void understands_every_spelling_of_plain_positions(String rope) throws IOException {
        ModelConfig config = read(edited(rope.replace('\'', '"')));
        assertThat(config.ropeScaling()).isEmpty();
        assertThat(config.ropeTheta()).isEqualTo(500);
    }

    @Test
    void counts_dense_layers_by_their_types() throws IOException {
        String types = "{\"first_k_dense_replace\": null, \"mlp_layer_types\": [\"dense\", \"dense\", \"sparse\"]}";
        assertThat(read(edited(types)).firstKDenseReplace()).isEqualTo(2);
    }

    @Test
    void ignores_keys_that_change_nothing() throws IOException {
        assertThat(read(edited("{\"head_dim\": 7, \"layer_types\": [1, 2], \"quantization_config\": {\"x\": 1}}")))
                .isEqualTo(TestConfigs.small());
    }

    @Test
    void a_model_without_experts_needs_no_expert_keys() throws IOException {
        ModelConfig config = read(edited("{\"first_k_dense_replace\": 9, \"n_routed_experts\": null,"
                + " \"num_experts_per_tok\": null, \"moe_intermediate_size\": null, \"n_shared_experts\": null}"));
        assertThat(config.firstKDenseReplace()).isEqualTo(3);
        assertThat(config.nRoutedExperts()).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "config-defects.csv", delimiter = ';', quoteCharacter = '\'')
    void refuses(String edit, String message) throws IOException {
        Path file = edited(edit);
        assertThatThrownBy(() -> ModelConfigReader.read(file))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("config.json")
                .hasMessageContaining(message);
    }

    @Test
    void refuses_what_is_no_json_object() throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), "{\"a\": 1, \"a\": 2}");
        assertThatThrownBy(() -> ModelConfigReader.read(file)).hasMessageContaining("not valid JSON");
        Files.writeString(file, "[]");
        assertThatThrownBy(() -> ModelConfigReader.read(file)).hasMessageContaining("a JSON object is expected");
        Files.writeString(file, "{\"a\":" + "[".repeat(100_000));
        assertThatThrownBy(() -> ModelConfigReader.read(file)).isInstanceOf(CheckpointException.class);
        assertThatThrownBy(() -> ModelConfigReader.read(folder.resolve("none")))
                .hasMessageContaining("none: no such file");
    }

    private static ModelConfig read(Path file) {
        return ModelConfigReader.read(file);
    }

    /** The small configuration with some keys replaced; a null removes one. */
    private Path edited(String edit) throws IOException {
        Path file = folder.resolve("config.json");
        ModelConfigWriter.write(TestConfigs.small(), DType.F32, file);
        ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(file));
        for (var entry : JSON.readTree(edit).properties()) {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                root.remove(entry.getKey());
            } else {
                root.set(entry.getKey(), value);
            }
        }
        return Files.writeString(file, root.toString());
    }
}
