package dev.goldline.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    @ParameterizedTest
    @CsvSource({
        "5,1,1,0.2",
        "5,1,5,1",
        "10,5,1,0.5",
        "16,3,8,0.9",
        "64,7,16,0.8814759290755898",
        "200,1,100,0.5",
        "5,0,3,0"
    })
    void pass_at_k_has_its_reference_values(int n, int c, int k, double expected) {
        assertThat(PassAtK.atLeastOne(n, c, k).getAsDouble()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void pass_at_k_is_undefined_beyond_the_attempts_made() {
        assertThat(PassAtK.atLeastOne(4, 2, 5)).isEmpty();
        assertThat(PassAtK.all(4, 2, 5)).isEmpty();
    }

    @Test
    void pass_at_1_is_the_share_correct_for_any_counts() {
        for (int n = 1; n <= 40; n++) {
            for (int c = 0; c <= n; c++) {
                assertThat(PassAtK.atLeastOne(n, c, 1).getAsDouble()).isCloseTo((double) c / n, within(1e-15));
                assertThat(PassAtK.all(n, c, 1).getAsDouble()).isCloseTo((double) c / n, within(1e-15));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0,10,0,0.27753279986288926",
        "1,10,0.017876213095072896,0.4041500267952385",
        "10,10,0.7224672001371109,1",
        "240,400,0.5512590700269542,0.6468384711061865"
    })
    void wilson_has_its_reference_values(long x, long n, double low, double high) {
        Interval interval = Proportion.wilson(x, n);
        assertThat(interval.low()).isCloseTo(low, within(1e-12));
        assertThat(interval.high()).isCloseTo(high, within(1e-12));
    }

    @Test
    void a_clustered_mean_by_hand() {
        // Means 1 and 0 of two clusters of two: residual sums 1 and -1, so SE = sqrt(2/1 * 2)/4 = 1/2.
        ClusteredMean mean = ClusteredMean.of(new double[] {1, 1, 0, 0}, new int[] {0, 0, 1, 1}, 2);
        assertThat(mean.mean()).isEqualTo(0.5);
        assertThat(mean.standardError().getAsDouble()).isCloseTo(0.5, within(1e-15));
        assertThat(mean.interval().orElseThrow().high()).isCloseTo(0.5 + 12.706204736174694 / 2, within(1e-9));
    }

    @Test
    void one_cluster_has_no_interval() {
        ClusteredMean mean = ClusteredMean.of(new double[] {1, 0}, new int[] {0, 0}, 1);
        assertThat(mean.standardError()).isEmpty();
        assertThat(mean.interval()).isEmpty();
        assertThat(mean.pValueOfZero()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"8,2,0.0546875,0.109375,0.0654296875", "15,2,0.0011749267578125,0.002349853515625,0.001312255859375"})
    void mcnemar_has_its_reference_values(int b, int c, double one, double two, double mid) {
        McNemar test = new McNemar(b, c);
        assertThat(test.oneSided()).isCloseTo(one, within(1e-12));
        assertThat(test.twoSided()).isCloseTo(two, within(1e-12));
        assertThat(test.midTwoSided()).isCloseTo(mid, within(1e-12));
        assertThat(new McNemar(c, b).twoSided()).isCloseTo(two, within(1e-12));
    }

    @Test
    void the_interval_of_a_paired_difference_by_hand() {
        // b = c = 2 of 18 pairs: 20 adjusted pairs, 2.5 each way, difference 0, SE = sqrt(5)/20.
        Interval interval = new McNemar(2, 2).differenceInterval(18);
        assertThat(interval.high()).isCloseTo(1.959963984540054 * Math.sqrt(5) / 20, within(1e-12));
        assertThat(interval.low()).isEqualTo(-interval.high());
    }

    @Test
    void sign_flip_equals_enumeration_by_hand() {
        // Sums of ±1 ±2 ±3: 6 once, 4 once, 2 once ... so two-sided for (1, 2, 3) is 2 of 8.
        assertThat(SignFlip.twoSided(new double[] {1, 2, 3})).isEqualTo(0.25);
        assertThat(SignFlip.oneSided(new double[] {1, 2, 3})).isEqualTo(0.125);
        assertThat(SignFlip.twoSided(new double[] {0.1, 0.2, -0.3, 0})).isEqualTo(1);
        assertThat(SignFlip.twoSided(new double[0])).isEqualTo(1);
    }

    @Test
    void sign_flip_of_binary_differences_is_mcnemar() {
        for (int worse = 0; worse <= 8; worse++) {
            double[] differences = new double[12];
            Arrays.fill(differences, 0, 8, 1);
            Arrays.fill(differences, 0, worse, -1);
            assertThat(SignFlip.twoSided(differences))
                    .isCloseTo(new McNemar(worse, 8 - worse).twoSided(), within(1e-12));
        }
    }

    @Test
    void too_many_differences_to_enumerate_are_refused() {
        double[] many = new double[21];
        Arrays.fill(many, 1);
        assertThat(SignFlip.enumerable(many)).isFalse();
        assertThatThrownBy(() -> SignFlip.twoSided(many)).hasMessageContaining("use the paired t");
    }

    @Test
    void the_bootstrap_repeats_with_its_seed_and_not_with_another() {
        double[] values = {1, 5, 2, 8, 3, 9, 4};
        Bootstrap.Statistic mean = weights -> {
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                sum += weights[i] * values[i];
            }
            return sum / values.length;
        };
        Interval first = new Bootstrap(7, 500).percentile95(7, mean);
        assertThat(new Bootstrap(7, 500).percentile95(7, mean)).isEqualTo(first);
        assertThat(new Bootstrap(8, 500).percentile95(7, mean)).isNotEqualTo(first);
        assertThat(first.low()).isBetween(2.0, 3.5);
        assertThat(first.high()).isBetween(5.5, 7.5);
    }

    @Test
    void the_bootstrap_draws_as_many_clusters_as_there_are() {
        new Bootstrap(1, 100)
                .forEach(
                        13,
                        (resample, weights) ->
                                assertThat(Arrays.stream(weights).sum()).isEqualTo(13));
    }

    @Test
    void the_bootstrap_error_of_a_mean_is_the_analytic_one() {
        double[] values = new double[200];
        java.util.SplittableRandom random = new java.util.SplittableRandom(3);
        Arrays.setAll(values, i -> random.nextDouble());
        Interval drawn = new Bootstrap(11, 4000).percentile95(200, weights -> {
            double sum = 0;
            for (int i = 0; i < 200; i++) {
                sum += weights[i] * values[i];
            }
            return sum / 200;
        });
        Interval analytic = ClusteredMean.ofIndependent(values).interval().orElseThrow();
        assertThat(drawn.high() - drawn.low()).isCloseTo(analytic.high() - analytic.low(), within(0.006));
    }

    @Test
    void quantiles_interpolate() {
        assertThat(Quantiles.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
        assertThat(Quantiles.ofSorted(new double[] {0, 10}, 0.975)).isCloseTo(9.75, within(1e-12));
    }

    @Test
    void holm_has_its_reference_values() {
        assertThat(Holm.adjust(new double[] {.01, .04, .03, .005}))
                .containsExactly(new double[] {.03, .06, .06, .02}, within(1e-12));
    }
}
