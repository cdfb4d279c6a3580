package dev.goldline.modelruntime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.goldline.modelruntime.kernels.Kernels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The selection against a full sort by score, then by lower position. */
class KeySelectorTest {
    private final Kernels kernels = Kernels.best();

    /** How the numbers of keys, queries and weights are drawn. */
    enum Values {
        NORMAL {
            @Override
            float draw(SplittableRandom random) {
                return (float) random.nextGaussian();
            }
        },
        /** Many equal scores, and whole heads rectified to zero. */
        COARSE {
            @Override
            float draw(SplittableRandom random) {
                return random.nextInt(3) - 1;
            }
        },
        /** Both zeros, and few others. */
        ZEROS {
            @Override
            float draw(SplittableRandom random) {
                return random.nextInt(6) == 0 ? random.nextInt(5) - 2 : random.nextBoolean() ? 0f : -0f;
            }
        },
        /** Equal in bf16, different in fp32, so that no bound decides. */
        ALIKE {
            @Override
            float draw(SplittableRandom random) {
                return 1 + random.nextInt(40) * 0x1p-20f;
            }
        },
        DENORMAL {
            @Override
            float draw(SplittableRandom random) {
                return random.nextInt(-400, 400) * (random.nextBoolean() ? Float.MIN_VALUE : 0x1p-134f);
            }
        },
        HUGE {
            @Override
            float draw(SplittableRandom random) {
                return (float) random.nextGaussian() * 1e11f;
            }
        },
        /** Every size from the least to a large one. */
        ALL_SIZES {
            @Override
            float draw(SplittableRandom random) {
                return (float) (random.nextGaussian() * Math.scalb(1.0, random.nextInt(-149, 30)));
            }
        };

        abstract float draw(SplittableRandom random);

        float[] draw(SplittableRandom random, int count) {
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = draw(random);
            }
            return values;
        }
    }

    static Stream<Arguments> draws() {
        return Arrays.stream(Values.values())
                .flatMap(values -> LongStream.range(0, 40).mapToObj(seed -> Arguments.of(values, seed)));
    }

    @ParameterizedTest
    @MethodSource("draws")
    void selects_what_a_sort_selects(Values values, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int heads = 1 + random.nextInt(6);
        int dims = 2 + random.nextInt(15);
        int keys = 1 + random.nextInt(1500);
        int k = 1 + random.nextInt(random.nextBoolean() ? keys : Math.min(keys, 60));
        float[][] cached = new float[keys][];
        LatentCache cache = cache(dims, keys);
        for (int i = 0; i < keys; i++) {
            boolean again = i > 0 && random.nextInt(4) == 0;
            cached[i] = again ? cached[random.nextInt(i)] : values.draw(random, dims);
            cache.putIndexKey(i, cached[i], 0, dims);
        }
        KeySelector selector = new KeySelector(seed % 4 == 0 ? Kernels.scalar() : Kernels.best(), k);
        // One selector serves many queries.
        for (Signs signs : Signs.values()) {
            float[] q = values.draw(random, heads * dims);
            float[] w = signs.of(values.draw(random, heads));
            assertThat(select(selector, cache, q, w, heads, dims, keys, k))
                    .containsExactly(sorted(cached, q, w, heads, dims, k));
        }
    }

    /** The signs of the heads' weights. */
    enum Signs {
        ANY,
        NONE_BELOW_ZERO,
        NONE_ABOVE_ZERO;

        float[] of(float[] weights) {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = switch (this) {
                    case ANY -> weights[i];
                    case NONE_BELOW_ZERO -> Math.abs(weights[i]);
                    case NONE_ABOVE_ZERO -> -Math.abs(weights[i]);
                };
            }
            return weights;
        }
    }

    @Test
    void equal_scores_go_to_the_lower_positions() {
        LatentCache cache = cache(2, 600);
        for (int i = 0; i < 600; i++) {
            // Rectified to zero, except three that score alike.
            float value = i == 37 || i == 300 || i == 599 ? 1 : -1;
            cache.putIndexKey(i, new float[] {value, 0}, 0, 2);
        }
        KeySelector selector = new KeySelector(kernels, 5);
        float[] q = {1, 0};
        float[] w = {0.5f};
        assertThat(select(selector, cache, q, w, 1, 2, 600, 5)).containsExactly(0, 1, 37, 300, 599);
        assertThat(select(selector, cache, q, w, 1, 2, 600, 5)).containsExactly(0, 1, 37, 300, 599);
    }

    @Test
    void a_plateau_of_zeros_longer_than_the_buffer_keeps_the_first() {
        LatentCache cache = cache(4, 3000);
        for (int i = 0; i < 3000; i++) {
            cache.putIndexKey(i, new float[] {-1 - i % 7, -2, -3, -1}, 0, 4);
        }
        int[] selected =
                select(new KeySelector(kernels, 8), cache, new float[] {1, 1, 1, 1}, new float[] {1}, 1, 4, 3000, 8);
        assertThat(selected).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 3.4e38f})
    void scores_that_pass_the_range_are_an_error(float value) {
        LatentCache cache = cache(2, 20);
        for (int i = 0; i < 20; i++) {
            cache.putIndexKey(i, new float[] {i == 7 ? value : 1, 1}, 0, 2);
        }
        KeySelector selector = new KeySelector(kernels, 3);
        float[] q = {1, 1};
        float[] w = {1};
        assertThatThrownBy(() -> select(selector, cache, q, w, 1, 2, 20, 3))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("the index scores of 20 keys pass the range of fp32 or are not numbers");
    }

    private int[] select(
            KeySelector selector, LatentCache cache, float[] q, float[] w, int heads, int dims, int keys, int k) {
        IndexQuery query = new IndexQuery(heads, dims);
        query.set(q, 0, w, 0);
        selector.select(query, cache, keys);
        return Arrays.copyOf(selector.positions(), k);
    }

    private int[] sorted(float[][] cached, float[] q, float[] w, int heads, int dims, int k) {
        // The order of heads is part of the definition of a score: positive weights first.
        int[] order = IntStream.concat(
                        IntStream.range(0, heads).filter(h -> w[h] > 0),
                        IntStream.range(0, heads).filter(h -> !(w[h] > 0)))
                .toArray();
        double[] scores = new double[cached.length];
        for (int i = 0; i < cached.length; i++) {
            float total = 0;
            for (int head : order) {
                float dot = 0;
                for (int d = 0; d < dims; d++) {
                    dot = Math.fma(cached[i][d], q[head * dims + d], dot);
                }
                total = Math.fma(Math.max(dot, 0), w[head], total);
            }
            scores[i] = total == 0 ? 0 : total;
        }
        return IntStream.range(0, cached.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]).thenComparing(i -> i))
                .limit(k)
                .mapToInt(i -> i)
                .sorted()
                .toArray();
    }

    private static LatentCache cache(int dims, int keys) {
        LatentCache cache = new LatentCache(1, dims);
        cache.reserve(keys - 1);
        return cache;
    }
}
