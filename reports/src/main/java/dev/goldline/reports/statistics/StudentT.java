package dev.goldline.reports.statistics;

import org.apache.commons.math3.distribution.TDistribution;

/** Quantiles of Student's t. */
final class StudentT {
    private StudentT() {}

    static double quantile975(int degreesOfFreedom) {
        return new TDistribution(null, degreesOfFreedom, 1e-13).inverseCumulativeProbability(0.975);
    }
}
