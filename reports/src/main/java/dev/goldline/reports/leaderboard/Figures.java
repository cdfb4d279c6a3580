package dev.goldline.reports.leaderboard;

import dev.goldline.reports.attempts.AttemptFact;
import dev.goldline.reports.statistics.Bootstrap;
import dev.goldline.reports.statistics.ClusteredMean;
import dev.goldline.reports.statistics.Estimate;
import dev.goldline.reports.statistics.Interval;
import dev.goldline.reports.statistics.Proportion;
import dev.goldline.reports.statistics.Quantiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** Estimates from attempts. Nothing to estimate from gives an empty figure, never a zero. */
public final class Figures {
    private Figures() {}

    /** The share solved, of attempts scored; unknown verdicts make it a range. */
    public static Optional<Estimate> accuracy(List<AttemptFact> attempts) {
        List<AttemptFact> scored = attempts.stream().filter(AttemptFact::scored).toList();
        Optional<Estimate> lower = share(scored, AttemptFact::solved);
        if (scored.stream().noneMatch(AttemptFact::undecided)) {
            return lower;
        }
        Optional<Estimate> upper = share(scored, fact -> fact.solved() || fact.undecided());
        return lower.flatMap(low -> upper.map(high -> new Estimate(
                low.value(),
                Optional.of(new Interval(low.value(), high.value())),
                low.interval().flatMap(a -> high.interval().map(a::cover)),
                low.n(),
                low.problems(),
                low.method() + ", covering unknown verdicts")));
    }

    /**
     * The share of attempts that satisfy a condition: Wilson where each problem has one attempt, else t by problem. Where
     * the problems do not differ at all, t would claim certainty: then Wilson over problems, as if each were one trial.
     */
    public static Optional<Estimate> share(List<AttemptFact> attempts, Predicate<AttemptFact> condition) {
        if (attempts.isEmpty()) {
            return Optional.empty();
        }
        int hits = (int) attempts.stream().filter(condition).count();
        Sample sample = Sample.of(attempts, fact -> condition.test(fact) ? 1 : 0);
        double value = (double) hits / attempts.size();
        if (sample.clusters == attempts.size() || sample.clusters == 1) {
            String method = sample.clusters == 1 && attempts.size() > 1 ? "Wilson, this one problem only" : "Wilson";
            return Optional.of(sample.estimate(value, Proportion.wilson(hits, attempts.size()), method));
        }
        ClusteredMean mean = sample.mean();
        if (mean.standardError().orElse(0) < 1e-12) {
            // Every problem has the same residual sum, which is then zero: as many hits a problem as on average.
            double scale = (double) sample.clusters / attempts.size();
            Interval low = Proportion.wilson((long) Math.floor(hits * scale), sample.clusters);
            Interval high = Proportion.wilson((long) Math.ceil(hits * scale), sample.clusters);
            return Optional.of(sample.estimate(value, low.cover(high), "Wilson over problems"));
        }
        return Optional.of(sample.estimate(
                value, mean.interval().orElseThrow().clampedTo(0, 1), "t by problem, G-1 degrees of freedom"));
    }

    /** The mean of a value over attempts, with t by problem. */
    public static Optional<Estimate> mean(List<AttemptFact> attempts, ToDoubleFunction<AttemptFact> value) {
        if (attempts.isEmpty()) {
            return Optional.empty();
        }
        Sample sample = Sample.of(attempts, value);
        ClusteredMean mean = sample.mean();
        return Optional.of(new Estimate(
                mean.mean(),
                Optional.empty(),
                mean.interval(),
                attempts.size(),
                sample.clusters,
                "t by problem, G-1 degrees of freedom"));
    }

    /** The median of a value over attempts, with a bootstrap over problems. */
    static Optional<Estimate> median(
            List<AttemptFact> attempts, ToDoubleFunction<AttemptFact> value, Bootstrap bootstrap) {
        if (attempts.isEmpty()) {
            return Optional.empty();
        }
        Sample sample = Sample.of(attempts, value);
        Integer[] order = new Integer[sample.values.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(sample.values[a], sample.values[b]));
        double[] sorted = new double[order.length];
        int[] cluster = new int[order.length];
        int[] sizes = new int[sample.clusters];
        for (int i = 0; i < order.length; i++) {
            sorted[i] = sample.values[order[i]];
            cluster[i] = sample.cluster[order[i]];
            sizes[cluster[i]]++;
        }
        Interval interval = bootstrap.percentile95(sample.clusters, w -> weightedMedian(sorted, cluster, sizes, w));
        return Optional.of(sample.estimate(Quantiles.ofSorted(sorted, 0.5), interval, "bootstrap over problems"));
    }

    /** The median of sorted values, each taken as often as its cluster was drawn. */
    private static double weightedMedian(double[] sorted, int[] cluster, int[] sizes, int[] weights) {
        long total = 0;
        for (int i = 0; i < sizes.length; i++) {
            total += (long) sizes[i] * weights[i];
        }
        long lower = (total - 1) / 2;
        long upper = total / 2;
        long passed = 0;
        double below = Double.NaN;
        for (int i = 0; i < sorted.length; i++) {
            passed += weights[cluster[i]];
            if (Double.isNaN(below) && passed > lower) {
                below = sorted[i];
            }
            if (passed > upper) {
                return (below + sorted[i]) / 2;
            }
        }
        throw new IllegalStateException("no median among " + total + " values");
    }

    /** The quotient of two sums over attempts, with a bootstrap over problems. */
    static Optional<Estimate> ratio(
            List<AttemptFact> attempts,
            ToDoubleFunction<AttemptFact> numerator,
            ToDoubleFunction<AttemptFact> denominator,
            Bootstrap bootstrap) {
        if (attempts.isEmpty()) {
            return Optional.empty();
        }
        Sample above = Sample.of(attempts, numerator);
        Sample below = Sample.of(attempts, denominator);
        double[] sumAbove = above.sums();
        double[] sumBelow = below.sums();
        int[] ones = new int[above.clusters];
        Arrays.fill(ones, 1);
        return Optional.of(above.estimate(
                quotient(sumAbove, sumBelow, ones),
                bootstrap.percentile95(above.clusters, weights -> quotient(sumAbove, sumBelow, weights)),
                "bootstrap over problems"));
    }

    private static double quotient(double[] above, double[] below, int[] weights) {
        double a = 0;
        double b = 0;
        for (int i = 0; i < weights.length; i++) {
            a += above[i] * weights[i];
            b += below[i] * weights[i];
        }
        return a / b;
    }

    /** Values with the problems they belong to, these numbered without gaps. */
    private static final class Sample {
        final double[] values;
        final int[] cluster;
        final int clusters;

        private Sample(double[] values, int[] cluster, int clusters) {
            this.values = values;
            this.cluster = cluster;
            this.clusters = clusters;
        }

        static Sample of(List<AttemptFact> attempts, ToDoubleFunction<AttemptFact> value) {
            Map<Integer, Integer> numbers = new HashMap<>();
            double[] values = new double[attempts.size()];
            int[] cluster = new int[attempts.size()];
            for (int i = 0; i < values.length; i++) {
                AttemptFact fact = attempts.get(i);
                values[i] = value.applyAsDouble(fact);
                cluster[i] = numbers.computeIfAbsent(fact.problem(), p -> numbers.size());
            }
            return new Sample(values, cluster, numbers.size());
        }

        ClusteredMean mean() {
            return ClusteredMean.of(values, cluster, clusters);
        }

        double[] sums() {
            double[] sums = new double[clusters];
            for (int i = 0; i < values.length; i++) {
                sums[cluster[i]] += values[i];
            }
            return sums;
        }

        Estimate estimate(double value, Interval interval, String method) {
            return new Estimate(
                    value,
                    Optional.empty(),
                    clusters == 1 && values.length > 1 && !method.startsWith("Wilson")
                            ? Optional.empty()
                            : Optional.of(interval),
                    values.length,
                    clusters,
                    method);
        }
    }

    /** Attempts by problem, in the order of problems. */
    static List<List<AttemptFact>> byProblem(List<AttemptFact> attempts, int problems) {
        List<List<AttemptFact>> lists = new ArrayList<>();
        for (int i = 0; i < problems; i++) {
            lists.add(new ArrayList<>());
        }
        for (AttemptFact fact : attempts) {
            lists.get(fact.problem()).add(fact);
        }
        return lists;
    }
}
