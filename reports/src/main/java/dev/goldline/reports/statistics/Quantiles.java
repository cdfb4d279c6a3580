package dev.goldline.reports.statistics;

import java.util.Arrays;

/** Quantiles of a sample. */
public final class Quantiles {
    private Quantiles() {}

    /**
     * The quantile by linear interpolation between order statistics (type 7 of Hyndman and Fan, Am. Stat. 50, 1996).
     *
     * @param sorted ascending, one or more
     * @param q in [0, 1]
     */
    public static double ofSorted(double[] sorted, double q) {
        if (sorted.length == 0 || !(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("quantile " + q + " of " + sorted.length + " values");
        }
        double position = q * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        double part = position - below;
        // A blend of equal values, infinite ones included, is that value.
        return sorted[below] == sorted[above] ? sorted[below] : sorted[below] * (1 - part) + sorted[above] * part;
    }

    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, 0.5);
    }

    /** From the 2.5 % to the 97.5 % quantile. */
    public static Interval percentile95(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Interval(ofSorted(sorted, 0.025), ofSorted(sorted, 0.975));
    }
}
