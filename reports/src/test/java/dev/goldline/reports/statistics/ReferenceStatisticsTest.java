package dev.goldline.reports.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against values computed with exact rationals and SciPy, where the folder of conformance data is at hand. */
class ReferenceStatisticsTest {
    private JsonNode reference = JsonMapper.shared().createObjectNode();

    @BeforeEach
    void read_reference() throws IOException {
        String folder = System.getProperty("goldline.conformance", "");
        Assumptions.assumeFalse(
                folder.isEmpty(), "skipped: set goldline.conformance to the folder of reference values");
        reference = JsonMapper.shared()
                .readTree(
                        Path.of(folder, "metrics", "statistics_reference.json").toFile());
    }

    @Test
    void pass_at_k() {
        for (JsonNode each : reference.path("pass_k").path("cases")) {
            int n = each.path("n").intValue();
            int c = each.path("c").intValue();
            int k = each.path("k").intValue();
            close(PassAtK.atLeastOne(n, c, k).getAsDouble(), each.path("pass_at_k"));
            close(PassAtK.all(n, c, k).getAsDouble(), each.path("pass_hat_k"));
        }
    }

    @Test
    void mcnemar() {
        for (JsonNode each : reference.path("mcnemar_exact").path("cases")) {
            McNemar test = new McNemar(
                    each.path("regressions").intValue(),
                    each.path("improvements").intValue());
            close(test.oneSided(), each.path("p_one_sided_greater"));
            close(test.twoSided(), each.path("p_two_sided"));
            close(test.midTwoSided(), each.path("p_mid_two_sided"));
        }
    }

    @Test
    void wilson() {
        for (JsonNode each : reference.path("binomial_interval_95").path("cases")) {
            Interval interval =
                    Proportion.wilson(each.path("x").intValue(), each.path("n").intValue());
            close(interval.low(), each.path("wilson").path(0));
            close(interval.high(), each.path("wilson").path(1));
        }
    }

    @Test
    void holm() {
        for (JsonNode each : reference.path("multiplicity").path("cases")) {
            double[] adjusted = Holm.adjust(doubles(each.path("p")));
            for (int i = 0; i < adjusted.length; i++) {
                close(adjusted[i], each.path("holm").path(i));
            }
        }
    }

    @Test
    void clustered_standard_error() {
        JsonNode each = reference.path("clustered_se");
        int[] cluster = new int[each.path("clusters").size()];
        for (int i = 0; i < cluster.length; i++) {
            cluster[i] =
                    Integer.parseInt(each.path("clusters").path(i).asString().substring(1));
        }
        ClusteredMean mean = ClusteredMean.of(doubles(each.path("values")), cluster, 6);
        close(mean.mean(), each.path("mean"));
        close(mean.standardError().getAsDouble(), each.path("cluster_se_small_sample"));
        Interval interval = mean.interval().orElseThrow();
        close(interval.low(), each.path("interval_small_sample").path(0));
        close(interval.high(), each.path("interval_small_sample").path(1));
    }

    @Test
    void paired() {
        JsonNode each = reference.path("paired");
        double[] a = doubles(each.path("a"));
        double[] b = doubles(each.path("b"));
        double[] differences = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            differences[i] = a[i] - b[i];
        }
        ClusteredMean mean = ClusteredMean.ofIndependent(differences);
        close(mean.mean(), each.path("mean_diff"));
        close(mean.mean() / mean.standardError().getAsDouble(), each.path("t"));
        close(mean.pValueOfZero().getAsDouble(), each.path("p_two_sided_t"));
        close(SignFlip.oneSided(differences), each.path("p_sign_flip_exact_one_sided"));
        close(SignFlip.twoSided(differences), each.path("p_sign_flip_exact_two_sided"));
    }

    @Test
    void quantiles_of_t() {
        for (String degrees : reference.path("quantiles").path("t_.975").propertyNames()) {
            close(
                    StudentT.quantile975(Integer.parseInt(degrees)),
                    reference.path("quantiles").path("t_.975").path(degrees));
        }
    }

    private static void close(double actual, JsonNode expected) {
        assertThat(expected.isNumber()).isTrue();
        assertThat(actual)
                .isCloseTo(expected.doubleValue(), within(1e-9 * Math.max(1e-3, Math.abs(expected.doubleValue()))));
    }

    private static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.path(i).doubleValue();
        }
        return values;
    }
}
