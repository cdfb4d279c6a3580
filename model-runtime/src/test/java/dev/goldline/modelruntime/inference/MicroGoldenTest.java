package dev.goldline.modelruntime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.goldline.modelruntime.TestConfigs;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;
import dev.goldline.modelruntime.kernels.Kernels;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Worked examples, computed independently in double. */
class MicroGoldenTest {
    private static final Offset<Float> CLOSE = within(2e-6f);

    @Test
    void rotates_neighbouring_pairs() {
        float[] x = {1, 2, 3, 4, 5, 6, 7, 8};
        Angles angles = angles(8, 3);
        RotaryPositions.interleaved(x, 0, angles.cos(), angles.sin(), 0, 4);
        assertThat(x)
                .containsExactly(
                        new float[] {
                            -1.272233f, -1.838865f, 1.683929f, 4.707907f, 4.817777f, 6.147278f, 6.975968f, 8.020965f
                        },
                        CLOSE);
    }

    @Test
    void rotates_halves() {
        float[] x = {1, 2, 3, 4, 5, 6, 7, 8};
        Angles angles = angles(8, 3);
        RotaryPositions.halves(x, 0, angles.cos(), angles.sin(), 0, 4);
        assertThat(x)
                .containsExactly(
                        new float[] {
                            -1.695593f, .1375517f, 2.788682f, 3.975982f, -4.808843f, 6.32306f, 7.086837f, 8.011964f
                        },
                        CLOSE);
    }

    @Test
    void scores_keys_with_rectified_heads() {
        float[] q = {1, -2, .5f, 1};
        float[] w = {(float) (.7 / Math.sqrt(2) / Math.sqrt(2)), (float) (-.4 / Math.sqrt(2) / Math.sqrt(2))};
        float[] keys = new float[2 * 16];
        // Three keys as columns: (1, 0), (0, 1) and (-1, -1).
        System.arraycopy(new float[] {1, 0, -1}, 0, keys, 0, 3);
        System.arraycopy(new float[] {0, 1, -1}, 0, keys, 16, 3);
        float[] scores = new float[16];
        Kernels.best().indexScores(q, w, 2, 2, keys, 16, 3, scores);
        assertThat(Arrays.copyOf(scores, 3)).containsExactly(new float[] {.25f, -.2f, .35f}, CLOSE);
    }

    @Test
    void normalises_a_layer_with_mean_and_bias() {
        float[] x = {1, 2, 3, 4, 5, 6, 7, 8};
        float[] ones = {1, 1, 1, 1, 1, 1, 1, 1};
        Norms.layer(x, 0, ones, new float[8], Norms.INDEX_KEY_EPS);
        assertThat(x)
                .containsExactly(
                        new float[] {
                            -1.527525f, -1.091089f, -.6546536f, -.2182179f, .2182179f, .6546536f, 1.091089f, 1.527525f
                        },
                        CLOSE);
    }

    @Test
    void the_index_key_norm_uses_an_epsilon_of_a_millionth() {
        float[] x = {0.001f, -0.001f};
        Norms.layer(x, 0, new float[] {1, 1}, new float[] {0, 0.5f}, Norms.INDEX_KEY_EPS);
        // Variance 1e-6 beside an epsilon of 1e-6: 1 / sqrt(2); with 1e-5 it would be 0.30.
        assertThat(x[0]).isEqualTo(0.70710678f, within(1e-5f));
        assertThat(x[1]).isEqualTo(0.5f - 0.70710678f, within(1e-5f));
    }

    @Test
    void divides_by_the_root_of_the_mean_square() {
        float[] x = {3, 4};
        float[] out = new float[2];
        Norms.rms(x, 0, new float[] {1, 2}, 0, out, 0);
        assertThat(out).containsExactly(new float[] {0.8485281f, 2.2627417f}, CLOSE);
    }

    @Test
    void routes_within_the_best_groups() {
        Router router = new Router(gateConfig());
        router.route(sigmoids(0, 1, -1, 2, .5, -.5, 1.5, -2), 0, new float[8]);
        assertThat(router.chosen()).containsExactly(3, 1, 0);
        assertThat(router.weights()).containsExactly(new float[] {1.042681f, .865422f, .591897f}, CLOSE);
    }

    @Test
    void experts_outside_the_best_groups_stay_out_even_if_every_score_is_negative() {
        Router router = new Router(gateConfig());
        float[] bias = {-2, -2, -2, -2, -2, -2, -2, -2};
        router.route(sigmoids(0, 1, -1, 2, .5, -.5, 1.5, -2), 0, bias);
        assertThat(router.chosen()).containsExactly(3, 1, 0);
        assertThat(router.weights()).containsExactly(new float[] {1.042681f, .865422f, .591897f}, CLOSE);
    }

    @Test
    void equal_experts_go_to_the_lower_index() {
        Router router = new Router(TestConfigs.edit(gateConfig()).groups(1, 1).build());
        router.route(sigmoids(1, 1, 1, 1, 1, 1, 1, 1), 0, new float[8]);
        assertThat(router.chosen()).containsExactly(0, 1, 2);
    }

    @Test
    void yarn_slows_the_frequencies_of_v32() {
        ModelConfig v32 = TestConfigs.v32();
        RotaryPositions rotary = new RotaryPositions(v32);
        int[] index = {0, 9, 10, 11, 16, 22, 23, 24, 31};
        float[] expected = {
            1f,
            0.0749894232f,
            0.0562341325f,
            0.0390069261f,
            0.00550000044f,
            0.00017782794f,
            3.33380376e-05f,
            2.50000012e-05f,
            3.33380331e-06f
        };
        for (int i = 0; i < index.length; i++) {
            assertThat(rotary.frequency(index[i])).isEqualTo(expected[i], within(expected[i] * 1e-5f));
        }
    }

    @Test
    void yarn_scales_the_softmax_by_the_square_of_its_magnitude() {
        RopeScaling yarn = TestConfigs.v32().ropeScaling().orElseThrow();
        assertThat(yarn.softmaxFactor() / Math.sqrt(192)).isCloseTo(0.1352337789, within(1e-9));
        assertThat(yarn.attentionFactor()).isEqualTo(1);
        assertThat(new RopeScaling(40, 32, 1, 0, 0, 4096).softmaxFactor()).isEqualTo(1);
        assertThat(new RopeScaling(40, 32, 1, 0, 0, 4096).attentionFactor()).isCloseTo(1.3688879454, within(1e-9));
    }

    private static ModelConfig gateConfig() {
        return TestConfigs.edit(TestConfigs.small())
                .experts(8, 3, 1)
                .groups(4, 2)
                .scaling(2.5)
                .build();
    }

    private static float[] sigmoids(double... logits) {
        float[] values = new float[logits.length];
        for (int i = 0; i < logits.length; i++) {
            values[i] = (float) (1 / (1 + Math.exp(-logits[i])));
        }
        return values;
    }

    private record Angles(float[] cos, float[] sin) {}

    private static Angles angles(int dims, int position) {
        ModelConfig config = TestConfigs.edit(TestConfigs.small())
                .heads(1, 4, dims, 4)
                .index(1, dims, 2)
                .rope(Optional.empty(), false)
                .build();
        float[] cos = new float[dims / 2];
        float[] sin = new float[dims / 2];
        new RotaryPositions(config).at(position, cos, sin, 0);
        return new Angles(cos, sin);
    }
}
