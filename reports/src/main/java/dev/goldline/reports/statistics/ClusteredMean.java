package dev.goldline.reports.statistics;

import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The mean of values that come in clusters, such as the attempts at one problem.
 *
 * @param mean over all values, each counting once
 * @param standardError √(G/(G−1) · Σ over clusters of (sum of residuals)²) / n; empty for a single cluster
 * @param n values
 * @param clusters G
 */
public record ClusteredMean(double mean, OptionalDouble standardError, int n, int clusters) {
    /**
     * Estimates the mean and its clustered standard error (Liang and Zeger, Biometrika 73, 1986, with the small-sample
     * factor; for evaluations Miller, arXiv 2411.00640). With one value a cluster this is the usual standard error.
     *
     * @param values one or more, finite
     * @param cluster of each value, 0 up to but not including {@code clusterCount}; every cluster has a value
     */
    public static ClusteredMean of(double[] values, int[] cluster, int clusterCount) {
        if (values.length == 0 || values.length != cluster.length) {
            throw new IllegalArgumentException(values.length + " values in " + cluster.length + " cluster labels");
        }
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double[] residuals = new double[clusterCount];
        for (int i = 0; i < values.length; i++) {
            residuals[cluster[i]] += values[i] - mean;
        }
        double squares = 0;
        for (double residual : residuals) {
            squares += residual * residual;
        }
        OptionalDouble error = clusterCount < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt(squares * clusterCount / (clusterCount - 1.0)) / values.length);
        return new ClusteredMean(mean, error, values.length, clusterCount);
    }

    /** Values that are each a cluster of their own. */
    public static ClusteredMean ofIndependent(double[] values) {
        int[] cluster = new int[values.length];
        for (int i = 0; i < cluster.length; i++) {
            cluster[i] = i;
        }
        return of(values, cluster, values.length);
    }

    /** The 95 % interval by Student's t with G − 1 degrees of freedom; empty for a single cluster. */
    public Optional<Interval> interval() {
        if (standardError.isEmpty()) {
            return Optional.empty();
        }
        double half = StudentT.quantile975(clusters - 1) * standardError.getAsDouble();
        return Optional.of(new Interval(mean - half, mean + half));
    }

    /** Two-sided p for a mean of zero, by Student's t; empty for a single cluster. */
    public OptionalDouble pValueOfZero() {
        if (standardError.isEmpty()) {
            return OptionalDouble.empty();
        }
        double error = standardError.getAsDouble();
        if (error == 0) {
            return OptionalDouble.of(mean == 0 ? 1 : 0);
        }
        TDistribution t = new TDistribution(null, clusters - 1.0);
        return OptionalDouble.of(Math.min(1, 2 * t.cumulativeProbability(-Math.abs(mean / error))));
    }
}
