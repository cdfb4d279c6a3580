package dev.goldline.reports.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The bootstrap over clusters (Efron and Tibshirani 1993, percentile method): problems are drawn again with replacement,
 * and all attempts at a problem go with it. Deterministic: the same seed draws the same problems on every machine.
 *
 * @param seed starts the random stream
 * @param resamples how many times to draw, 1 or more
 */
public record Bootstrap(long seed, int resamples) {
    public Bootstrap {
        if (resamples < 1) {
            throw new IllegalArgumentException("a bootstrap needs 1 resample or more, has " + resamples);
        }
    }

    /** Computes one number of a resample. */
    @FunctionalInterface
    public interface Statistic {
        /** @param weights how often each cluster was drawn; only valid during the call */
        double of(int[] weights);
    }

    /** What is done with a resample. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * @param resample from 0
         * @param weights how often each cluster was drawn; only valid during the call
         */
        void visit(int resample, int[] weights);
    }

    /** Draws all resamples; the sequence depends on seed and cluster count alone, so statistics can share it. */
    public void forEach(int clusters, Visitor visitor) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] weights = new int[clusters];
        for (int resample = 0; resample < resamples; resample++) {
            Arrays.fill(weights, 0);
            for (int i = 0; i < clusters; i++) {
                weights[random.nextInt(clusters)]++;
            }
            visitor.visit(resample, weights);
        }
    }

    /** The 95 % percentile interval of a statistic. */
    public Interval percentile95(int clusters, Statistic statistic) {
        double[] values = new double[resamples];
        forEach(clusters, (resample, weights) -> values[resample] = statistic.of(weights));
        return Quantiles.percentile95(values);
    }
}
