package dev.goldline.modelruntime.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.goldline.modelruntime.kernels.PackedMatrix.Format;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both implementations give the same bits, whatever the sizes. */
class KernelsAgreementTest {
    private final Kernels scalar = new ScalarKernels();
    private final Kernels vector = new VectorKernels();

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void products_have_the_same_bits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int rows = 1 + random.nextInt(50);
        int columns = 1 + random.nextInt(70);
        int tokens = 1 + random.nextInt(11);
        Format format = random.nextBoolean() ? Format.FP32 : Format.BF16;
        PackedMatrix matrix = PackedMatrix.pack(normal(random, rows * columns), rows, columns, format);
        int xStride = columns + random.nextInt(3);
        int yStride = rows + random.nextInt(3);
        float[] x = normal(random, 5 + tokens * xStride);
        float[] expected = normal(random, 3 + tokens * yStride);
        float[] found = expected.clone();

        scalar.multiply(matrix, x, 5, xStride, tokens, expected, 3, yStride);
        vector.multiply(matrix, x, 5, xStride, tokens, found, 3, yStride);

        assertThat(found).containsExactly(expected);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_product_is_the_sum_of_products(Format format) {
        SplittableRandom random = new SplittableRandom(1);
        PackedMatrix matrix = PackedMatrix.pack(normal(random, 19 * 23), 19, 23, format);
        float[] x = normal(random, 23);
        float[] y = new float[19];
        vector.multiply(matrix, x, 0, 23, 1, y, 0, 19);
        for (int row = 0; row < 19; row++) {
            double sum = 0;
            for (int column = 0; column < 23; column++) {
                sum += (double) matrix.get(row, column) * x[column];
            }
            assertThat((double) y[row]).isCloseTo(sum, within(1e-5));
        }
    }

    @Test
    void tokens_together_have_the_bits_of_tokens_alone() {
        SplittableRandom random = new SplittableRandom(2);
        for (Format format : Format.values()) {
            PackedMatrix matrix = PackedMatrix.pack(normal(random, 33 * 30), 33, 30, format);
            float[] x = normal(random, 7 * 30);
            float[] together = new float[7 * 33];
            vector.multiply(matrix, x, 0, 30, 7, together, 0, 33);
            float[] alone = new float[7 * 33];
            for (int t = 0; t < 7; t++) {
                vector.multiply(matrix, x, t * 30, 30, 1, alone, t * 33, 33);
            }
            assertThat(together).containsExactly(alone);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void softmax_tiles_have_the_same_bits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int heads = 16 * (1 + random.nextInt(3));
        int keys = 1 + random.nextInt(40);
        float[] expected = normal(random, keys * heads);
        float[] found = expected.clone();
        float[][] states = {filled(heads, Float.NEGATIVE_INFINITY), new float[heads], new float[heads]};
        float[][] others = {states[0].clone(), new float[heads], new float[heads]};
        for (int tile = 0; tile < 2; tile++) {
            scalar.softmaxTile(expected, keys, heads, 3f, states[0], states[1], states[2]);
            vector.softmaxTile(found, keys, heads, 3f, others[0], others[1], others[2]);
            assertThat(found).containsExactly(expected);
            for (int i = 0; i < 3; i++) {
                assertThat(others[i]).containsExactly(states[i]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void weighted_rows_have_the_same_bits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int heads = 1 + random.nextInt(9);
        int dims = 1 + random.nextInt(50);
        int keys = 1 + random.nextInt(20);
        float[] p = normal(random, keys * 16);
        float[] rows = normal(random, keys * (dims + 4));
        float[] carry = normal(random, 16);
        float[] expected = normal(random, heads * dims + 2);
        float[] found = expected.clone();
        scalar.accumulateRows(p, 16, heads, rows, 0, dims + 4, keys, dims, expected, 2, carry);
        vector.accumulateRows(p, 16, heads, rows, 0, dims + 4, keys, dims, found, 2, carry);
        assertThat(found).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void index_bounds_above_a_floor_have_the_same_positions_and_bits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int heads = 1 + random.nextInt(9);
        int positive = random.nextInt(heads + 1);
        int dims = 2 * (1 + random.nextInt(12));
        int keys = 1 + random.nextInt(256);
        float[] q = normal(random, heads * dims);
        float[] w = normal(random, heads);
        float[] starts = normal(random, heads);
        for (int head = 0; head < heads; head++) {
            w[head] = head < positive ? Math.abs(w[head]) : -Math.abs(w[head]);
            starts[head] = 0.1f * (head < positive ? Math.abs(starts[head]) : -Math.abs(starts[head]));
        }
        int[] pairs =
                random.ints(256L * dims / 2).map(bits -> bits & 0xBFFFBFFF).toArray();
        int[] everywhere = new int[256 + 3];
        float[] all = new float[256 + 3];
        assertThat(scalar.indexBoundsAbove(q, w, starts, heads, dims, pairs, keys, -1e30f, 0, everywhere, all, 0))
                .isEqualTo(keys);
        for (float floor : new float[] {Float.NEGATIVE_INFINITY, all[random.nextInt(keys)], 0, 1e30f}) {
            int[] expected = new int[256 + 3];
            float[] bounds = new float[256 + 3];
            int n = scalar.indexBoundsAbove(q, w, starts, heads, dims, pairs, keys, floor, 512, expected, bounds, 3);
            int[] found = new int[256 + 3];
            float[] others = new float[256 + 3];
            assertThat(vector.indexBoundsAbove(q, w, starts, heads, dims, pairs, keys, floor, 512, found, others, 3))
                    .isEqualTo(n);
            assertThat(found).containsExactly(expected);
            assertThat(Arrays.copyOf(others, 3 + n)).containsExactly(Arrays.copyOf(bounds, 3 + n));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void index_scores_have_the_same_bits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int heads = 1 + random.nextInt(9);
        int dims = 1 + random.nextInt(24);
        int count = 1 + random.nextInt(70);
        int stride = 80;
        float[] q = normal(random, heads * dims);
        float[] w = normal(random, heads);
        float[] keys = normal(random, dims * stride);
        float[] expected = new float[stride];
        float[] found = new float[stride];
        scalar.indexScores(q, w, heads, dims, keys, stride, count, expected);
        vector.indexScores(q, w, heads, dims, keys, stride, count, found);
        assertThat(Arrays.copyOf(found, count)).containsExactly(Arrays.copyOf(expected, count));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void the_kth_largest_is_that_of_a_sort(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = 1 + random.nextInt(300);
        float[] values = normal(random, count + 20);
        for (int i = 0; i < count; i++) {
            values[i] = switch (random.nextInt(8)) {
                case 0 -> 0f;
                case 1 -> -0f;
                case 2 -> values[random.nextInt(count)];
                case 3 -> Float.MIN_VALUE * random.nextInt(-3, 4);
                case 4 -> Float.POSITIVE_INFINITY;
                case 5 -> seed % 2 == 0 ? Float.NEGATIVE_INFINITY : -Float.MAX_VALUE;
                default -> values[i] * (seed % 3 == 0 ? 1f : 1e30f);
            };
        }
        // What lies past the count does not matter.
        values[count] = Float.NaN;
        float[] sorted = Arrays.copyOf(values, count);
        for (int i = 0; i < count; i++) {
            sorted[i] += 0f;
        }
        Arrays.sort(sorted);
        for (int k : new int[] {1, 1 + random.nextInt(count), count}) {
            assertThat(scalar.kthLargest(values, count, k)).isEqualTo(sorted[count - k]);
            assertThat(vector.kthLargest(values, count, k)).isEqualTo(sorted[count - k]);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void elementwise_operations_have_the_same_bits(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int count = 1 + random.nextInt(60);
        float[] a = normal(random, count + 3);
        float[] b = normal(random, count + 3);
        a[1] = 200;
        a[2] = -200;
        float[] expected = a.clone();
        float[] found = a.clone();
        scalar.swiglu(expected, b, 1, count);
        vector.swiglu(found, b, 1, count);
        assertThat(found).containsExactly(expected);
        scalar.sigmoid(expected, 1, count);
        vector.sigmoid(found, 1, count);
        assertThat(found).containsExactly(expected);
        scalar.axpy(0.7f, b, 1, expected, 2, count);
        vector.axpy(0.7f, b, 1, found, 2, count);
        assertThat(found).containsExactly(expected);
    }

    @Test
    void the_exponential_is_close_to_the_true_one() {
        for (float x = -86; x <= 0; x += 0.0137f) {
            double expected = Math.exp(x);
            assertThat((double) ScalarKernels.exp(x)).isCloseTo(expected, within(3e-7 * expected));
        }
        assertThat(ScalarKernels.exp(-86.5f)).isZero();
        assertThat(ScalarKernels.exp(Float.NEGATIVE_INFINITY)).isZero();
        assertThat(ScalarKernels.exp(0)).isEqualTo(1f);
        assertThat(ScalarKernels.exp(Float.NaN)).isNaN();
    }

    @Test
    void the_sigmoid_saturates_without_overflow() {
        assertThat(ScalarKernels.sigmoid(0)).isEqualTo(0.5f);
        assertThat(ScalarKernels.sigmoid(1000)).isEqualTo(1f);
        assertThat(ScalarKernels.sigmoid(-1000)).isZero();
        assertThat((double) ScalarKernels.sigmoid(-2)).isCloseTo(1 / (1 + Math.exp(2)), within(1e-7));
    }

    @Test
    void bf16_weights_of_a_bf16_checkpoint_multiply_as_their_fp32_values() {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = normal(random, 20 * 12);
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(Float.floatToRawIntBits(values[i]) & 0xFFFF0000);
        }
        float[] x = normal(random, 12);
        float[] wide = new float[20];
        float[] narrow = new float[20];
        vector.multiply(PackedMatrix.pack(values, 20, 12, Format.FP32), x, 0, 12, 1, wide, 0, 20);
        vector.multiply(PackedMatrix.pack(values, 20, 12, Format.BF16), x, 0, 12, 1, narrow, 0, 20);
        assertThat(narrow).containsExactly(wide);
    }

    private static float[] normal(SplittableRandom random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }
}
