package dev.goldline.modelruntime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;
import dev.goldline.modelruntime.checkpoint.ModelConfigWriter;
import dev.goldline.modelruntime.checkpoint.SafetensorsWriter;
import dev.goldline.modelruntime.checkpoint.TensorLayout;
import dev.goldline.modelruntime.checkpoint.TensorSpec;
import dev.goldline.modelruntime.kernels.PackedMatrix.Format;
import dev.goldline.modelruntime.observation.TokenObserver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model whose weights come from a linear congruential generator started by each tensor's name, with logits computed in
 * double by the reference implementation: the whole architecture, YaRN and groups included, without a file of weights.
 */
class LcgTinyTest {
    private static final int TOKENS = 24;
    private static final int SALT = 35;

    @TempDir
    Path folder;

    @BeforeEach
    void writeCheckpoint() throws IOException {
        ModelConfigWriter.write(config(), DType.F32, folder.resolve("config.json"));
        SafetensorsWriter writer = new SafetensorsWriter();
        TensorLayout.tensors(config()).forEach(spec -> writer.add(spec.name(), DType.F32, values(spec), spec.shape()));
        writer.write(folder.resolve("model.safetensors"));
    }

    @Test
    void the_generator_is_the_published_one() {
        assertThat(fnv1a("a")).isEqualTo(0xe40c292c);
        assertThat(fnv1a("model.embed_tokens.weight")).isEqualTo(0x403ade76);
        assertThat(Arrays.copyOf(values(new TensorSpec(TensorLayout.EMBEDDING, 97, 32)), 4))
                .containsExactly(new float[] {0.14213182f, -0.33704662f, -0.42332473f, -0.22133881f}, within(1e-7f));
        assertThat(ids())
                .containsExactly(
                        80, 76, 72, 93, 67, 71, 47, 45, 24, 7, 51, 37, 12, 6, 14, 5, 10, 20, 26, 66, 89, 25, 19, 1);
    }

    @Test
    void computes_the_reference_logits_and_selections() throws IOException {
        int[][][] selected = new int[3][TOKENS][];
        TokenObserver observer = new TokenObserver() {
            @Override
            public void selected(int layer, int position, int[] keys, int count) {
                selected[layer][position] = Arrays.copyOf(keys, count);
            }
        };
        List<String> golden = lines("lcg-tiny-logits.csv");
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                NativeSequence sequence = NativeCausalModel.load(checkpoint, LoadOptions.in(Format.FP32))
                        .newSequence(SequenceOptions.observedBy(observer))) {
            sequence.appendEach(ids(), (position, logits) -> {
                String[] expected = golden.get(position).split(",", -1);
                assertThat(logits).hasSameSizeAs(expected);
                for (int v = 0; v < logits.length; v++) {
                    assertThat((double) logits[v])
                            .as("position %d, token %d", position, v)
                            .isCloseTo(Double.parseDouble(expected[v]), within(3e-5));
                }
            });
        }
        for (String line : lines("lcg-tiny-selections.csv")) {
            String[] fields = line.split(",", -1);
            int[] keys = Arrays.stream(fields[2].split(" ", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            assertThat(selected[Integer.parseInt(fields[0])][Integer.parseInt(fields[1])])
                    .as(line)
                    .containsExactly(keys);
        }
    }

    private static ModelConfig config() {
        return new ModelConfig(
                97,
                32,
                3,
                4,
                24,
                16,
                16,
                8,
                12,
                16,
                32,
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
                Optional.of(new RopeScaling(40, 32, 1, 1, 1, 16)),
                false,
                false,
                0,
                1);
    }

    private static float[] values(TensorSpec spec) {
        float[] values = new float[(int) spec.elements()];
        int state = fnv1a(spec.name()) ^ SALT;
        for (int i = 0; i < values.length; i++) {
            state = state * 1664525 + 1013904223;
            float v = 2 * ((state >>> 8) / (float) (1 << 24)) - 1;
            if (spec.name().endsWith("bias")) {
                values[i] = 0.3f * v;
            } else {
                values[i] = spec.name().contains("norm") ? 1 + 0.1f * v : 0.43f * v;
            }
        }
        return values;
    }

    private static int[] ids() {
        int[] ids = new int[TOKENS];
        int state = fnv1a("ids") ^ SALT;
        for (int i = 0; i < TOKENS; i++) {
            state = state * 1664525 + 1013904223;
            ids[i] = (int) (97 * ((state >>> 8) / (float) (1 << 24)));
        }
        return ids;
    }

    private static int fnv1a(String text) {
        int hash = 0x811c9dc5;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ b) * 0x01000193;
        }
        return hash;
    }

    private static List<String> lines(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(LcgTinyTest.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
