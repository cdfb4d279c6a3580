package dev.goldline.modelruntime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.goldline.modelruntime.kernels.Kernels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The selection against a full sort by score, then by lower position. */
class KeySelectorTest {
    private final Kernels kernels = Kernels.best();

    static LongStream seeds() {
        return LongStream.range(0, 80);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void selects_what_a_sort_selects(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int heads = 1 + random.nextInt(6);
        int dims = 2 + random.nextInt(15);
        int keys = 1 + random.nextInt(1500);
        int k = 1 + random.nextInt(keys);
        // Coarse values make many equal scores; whole heads rectified to zero make more.
        boolean coarse = random.nextBoolean();
        float[][] cached = new float[keys][];
        LatentCache cache = cache(dims, keys);
        for (int i = 0; i < keys; i++) {
            cached[i] = values(random, dims, coarse);
            cache.putIndexKey(i, cached[i], 0, dims);
        }
        KeySelector selector = new KeySelector(kernels, k);
        // Later queries start from the floor of the query before.
        for (int query = 0; query < 3; query++) {
            float[] q = values(random, heads * dims, coarse);
            float[] w = values(random, heads, coarse);
            assertThat(select(selector, cache, q, w, heads, dims, keys, k))
                    .containsExactly(sorted(cached, q, w, heads, dims, k));
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
    void a_negative_zero_equals_a_zero() {
        assertThat(KeySelector.rank(-0.0f, 4)).isEqualTo(KeySelector.rank(0.0f, 4));
        assertThat(KeySelector.rank(-0.0f, 3)).isGreaterThan(KeySelector.rank(0.0f, 4));
        assertThat(KeySelector.rank(-1f, 0)).isLessThan(KeySelector.rank(-0.5f, 9));
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

    @Test
    void scores_that_are_no_numbers_are_an_error() {
        LatentCache cache = cache(2, 20);
        for (int i = 0; i < 20; i++) {
            cache.putIndexKey(i, new float[] {Float.NaN, 1}, 0, 2);
        }
        KeySelector selector = new KeySelector(kernels, 3);
        assertThatThrownBy(() -> select(selector, cache, new float[] {1, 1}, new float[] {1}, 1, 2, 20, 3))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("of 20 index scores only 0 are finite numbers");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_kth_largest_is_that_of_a_sort(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = 1 + random.nextInt(500);
        long[] values = random.longs().distinct().limit(count).toArray();
        if (seed % 3 == 0) {
            Arrays.sort(values);
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int k = 1 + random.nextInt(count);
        assertThat(KeySelector.KthLargest.of(values, count, k)).isEqualTo(sorted[count - k]);
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

    private static float[] values(SplittableRandom random, int count, boolean coarse) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = coarse ? random.nextInt(3) - 1 : (float) random.nextGaussian();
        }
        return values;
    }
}
