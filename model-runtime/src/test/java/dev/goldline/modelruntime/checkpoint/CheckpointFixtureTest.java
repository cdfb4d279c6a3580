package dev.goldline.modelruntime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.goldline.modelruntime.Fixtures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFixtureTest {
    @ParameterizedTest
    @ValueSource(strings = {"a_dense_equiv", "b_sparse", "c_yarn_groups", "d_fp8", "lcg-tiny"})
    void reads_every_tensor_of_a_reference_checkpoint(String name) {
        try (Checkpoint checkpoint = Checkpoint.open(Fixtures.checkpoint(name))) {
            assertThat(TensorLayout.tensors(checkpoint.config()))
                    .allSatisfy(spec -> assertThat(checkpoint.read(spec)).hasSize((int) spec.elements()));
        }
    }

    @Test
    void reads_the_newer_spelling_of_yarn() {
        ModelConfig config =
                ModelConfigReader.read(Fixtures.checkpoint("c_yarn_groups").resolve("config.json"));
        assertThat(config.ropeScaling()).contains(new ModelConfig.RopeScaling(4, 32, 1, 1, 1, 64));
        assertThat(config.firstKDenseReplace()).isEqualTo(1);
    }

    @Test
    void multiplies_fp8_blocks_by_their_scale_up_to_ragged_edges() {
        Path file = Fixtures.checkpoint("fp8").resolve("fp8_block.safetensors");
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            float[] expected = tensors.floats(tensors.require("w.dequant_f32"));
            float[] values = tensors.floats(tensors.require("w.weight"));
            float[] scales = tensors.floats(tensors.require("w.weight_scale_inv"));
            BlockScale.multiply(values, 200, 150, scales, 128, 128);
            assertThat(values).containsExactly(expected);
            assertThat(values[0]).isCloseTo(0.00803564f, within(1e-8f));
        }
    }
}
