package dev.goldline.modelruntime.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;
import dev.goldline.modelruntime.inference.CausalSequence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A model whose weights come from a formula, against logits computed elsewhere in fp64. */
class DjlCausalModelTest {
    private static final ModelConfig TINY = new ModelConfig(
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
    private static final int[] IDS = {
        80, 76, 72, 93, 67, 71, 47, 45, 24, 7, 51, 37, 12, 6, 14, 5, 10, 20, 26, 66, 89, 25, 19, 1
    };
    private static final int[] BEST = {
        30, 69, 22, 52, 64, 9, 67, 59, 68, 0, 36, 22, 4, 82, 72, 74, 84, 9, 69, 89, 6, 0, 82, 18
    };

    @Test
    void computes_the_reference_logits() {
        try (DjlCausalModel model = DjlCausalModel.of(TINY, formulaWeights())) {
            float[][] logits = model.logits(IDS, (layer, selected) -> {});
            assertThat(Arrays.copyOf(logits[23], 6))
                    .containsExactly(
                            new float[] {
                                0.442714417f, -0.017861877f, 1.294138267f, -2.585667158f, -0.911169728f, 1.92680864f
                            },
                            within(1e-4f));
            assertThat(Arrays.stream(logits).mapToInt(DjlCausalModelTest::best))
                    .containsExactly(Arrays.stream(BEST).boxed().toArray(Integer[]::new));
        }
    }

    @Test
    void selects_the_reference_keys() {
        List<TreeSet<Integer>> last = new ArrayList<>();
        try (DjlCausalModel model = DjlCausalModel.of(TINY, formulaWeights())) {
            model.logits(IDS, (layer, selected) -> {
                TreeSet<Integer> keys = new TreeSet<>();
                for (int s = 0; s < selected[23].length; s++) {
                    if (selected[23][s]) {
                        keys.add(s);
                    }
                }
                last.add(keys);
            });
        }
        assertThat(last)
                .containsExactly(
                        new TreeSet<>(List.of(6, 10, 11, 12, 14, 23)),
                        new TreeSet<>(List.of(1, 3, 5, 12, 13, 14)),
                        new TreeSet<>(List.of(1, 3, 15, 16, 19, 21)));
    }

    @Test
    void gives_the_same_logits_with_a_cache() {
        try (DjlCausalModel model = DjlCausalModel.of(TINY, formulaWeights());
                CausalSequence sequence = model.newSequence()) {
            float[][] whole = model.logits(IDS, (layer, selected) -> {});
            sequence.append(Arrays.copyOf(IDS, 10));
            for (int t = 10; t < IDS.length; t++) {
                assertThat(sequence.append(IDS[t])).containsExactly(whole[t], within(1e-4f));
            }
        }
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    /** Element i of a tensor is the i-th draw of a linear congruential stream started by the tensor's name. */
    private static CheckpointWeights formulaWeights() {
        ParameterLayout layout = ParameterLayout.of(TINY);
        float[] flat = new float[layout.size()];
        float[][] biases = new float[TINY.numHiddenLayers()][TINY.nRoutedExperts()];
        for (ParameterLayout.Slot slot : layout.slots()) {
            if (slot.name().contains(".experts.")) {
                int each = slot.size() / TINY.nRoutedExperts();
                for (int e = 0; e < TINY.nRoutedExperts(); e++) {
                    String name = slot.name().replace(".experts.", ".experts." + e + ".") + ".weight";
                    fill(flat, slot.offset() + e * each, each, name);
                }
            } else {
                fill(
                        flat,
                        slot.offset(),
                        slot.size(),
                        slot.name().endsWith("bias") ? slot.name() : slot.name() + ".weight");
            }
        }
        for (int layer = 1; layer < biases.length; layer++) {
            fill(biases[layer], 0, biases[layer].length, "model.layers." + layer + ".mlp.gate.e_score_correction_bias");
        }
        return new CheckpointWeights(flat, biases);
    }

    private static void fill(float[] target, int offset, int count, String name) {
        int state = 0x811c9dc5;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            state = (state ^ (b & 0xFF)) * 0x01000193;
        }
        state ^= 35;
        for (int i = 0; i < count; i++) {
            state = state * 1664525 + 1013904223;
            float u = (state >>> 8) / (float) (1 << 24);
            float v = 2 * u - 1;
            target[offset + i] = name.endsWith("bias") ? 0.3f * v : name.contains("norm") ? 1 + 0.1f * v : 0.43f * v;
        }
    }
}
