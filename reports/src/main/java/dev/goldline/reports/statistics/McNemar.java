package dev.goldline.reports.statistics;

import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * McNemar's exact test: of pairs that differ, either direction is as likely if there is no difference.
 *
 * @param regressions pairs solved by the first only
 * @param improvements pairs solved by the second only
 */
public record McNemar(int regressions, int improvements) {
    public McNemar {
        if (regressions < 0 || improvements < 0) {
            throw new IllegalArgumentException(regressions + " regressions, " + improvements + " improvements");
        }
    }

    /** The chance of as many regressions or more. */
    public double oneSided() {
        return discordant() == 0 ? 1 : 1 - binomial().cumulativeProbability(regressions - 1);
    }

    /** Twice the smaller tail, at most 1. */
    public double twoSided() {
        int smaller = Math.min(regressions, improvements);
        return discordant() == 0 ? 1 : Math.min(1, 2 * binomial().cumulativeProbability(smaller));
    }

    /** Two-sided less the point probability (Fagerland, Lydersen and Laake, BMC Med. Res. Methodol. 13, 2013). */
    public double midTwoSided() {
        if (discordant() == 0) {
            return 1;
        }
        double point = binomial().probability(regressions);
        return regressions == improvements ? 1 - point / 2 : twoSided() - point;
    }

    /**
     * 95 % interval of the second's share solved less the first's, adding half a pair to each cell (Agresti and Min,
     * Stat. Med. 24, 2005).
     *
     * @param pairs all pairs, the agreeing ones included
     */
    public Interval differenceInterval(int pairs) {
        if (pairs < 1 || discordant() > pairs) {
            throw new IllegalArgumentException(discordant() + " of " + pairs + " pairs differ");
        }
        double n = pairs + 2.0;
        double gained = improvements + 0.5;
        double lost = regressions + 0.5;
        double difference = (gained - lost) / n;
        double error = Math.sqrt(gained + lost - (gained - lost) * (gained - lost) / n) / n;
        return new Interval(difference - Proportion.Z_975 * error, difference + Proportion.Z_975 * error)
                .clampedTo(-1, 1);
    }

    private int discordant() {
        return regressions + improvements;
    }

    private BinomialDistribution binomial() {
        return new BinomialDistribution(null, discordant(), 0.5);
    }
}
