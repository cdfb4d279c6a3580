package dev.goldline.reports.statistics;

/** Intervals for a share of independent trials. */
public final class Proportion {
    /** The 97.5 % quantile of the standard normal. */
    static final double Z_975 = 1.959963984540054;

    private Proportion() {}

    /**
     * Wilson's score interval at 95 % (Wilson, JASA 22, 1927).
     *
     * @param successes 0 to {@code trials}
     * @param trials 1 or more
     */
    public static Interval wilson(long successes, long trials) {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(successes + " successes of " + trials + " trials");
        }
        double p = (double) successes / trials;
        double z2 = Z_975 * Z_975 / trials;
        double centre = (p + z2 / 2) / (1 + z2);
        double half = Z_975 * Math.sqrt(p * (1 - p) / trials + z2 / (4 * trials)) / (1 + z2);
        // At the ends the bound is exact; rounding must not leave the share outside its own interval.
        return new Interval(
                successes == 0 ? 0 : Math.max(0, centre - half), successes == trials ? 1 : Math.min(1, centre + half));
    }
}
