package dev.goldline.reports.statistics;

import java.util.Arrays;

/** The exact sign-flip test: without a difference, each pair's difference is as likely to have the other sign. */
public final class SignFlip {
    /** Most differences other than zero that are enumerated: 2^20 sums. */
    public static final int MAX_DIFFERENCES = 20;

    private SignFlip() {}

    /** Whether {@link #twoSided} and {@link #oneSided} can enumerate these. */
    public static boolean enumerable(double[] differences) {
        return nonZero(differences).length <= MAX_DIFFERENCES;
    }

    /** The share of sign choices whose sum is at least the one seen. */
    public static double oneSided(double[] differences) {
        return shareAtLeast(differences, false);
    }

    /** The share of sign choices whose sum is at least as far from zero as the one seen. */
    public static double twoSided(double[] differences) {
        return shareAtLeast(differences, true);
    }

    private static double shareAtLeast(double[] differences, boolean absolute) {
        double[] sizes = nonZero(differences);
        if (sizes.length > MAX_DIFFERENCES) {
            throw new IllegalArgumentException(sizes.length + " differences; at most " + MAX_DIFFERENCES + " can be"
                    + " enumerated: use the paired t");
        }
        double seen = 0;
        double total = 0;
        for (double size : sizes) {
            seen += size;
            total += Math.abs(size);
        }
        // Sums of the same numbers in another order differ by rounding; a tie is a tie.
        double threshold = (absolute ? Math.abs(seen) : seen) - 1e-12 * total;
        long choices = 1L << sizes.length;
        long extreme = 0;
        double sum = -total;
        // Gray code: each step flips one sign.
        for (long i = 0; ; ) {
            if ((absolute ? Math.abs(sum) : sum) >= threshold) {
                extreme++;
            }
            if (++i == choices) {
                return (double) extreme / choices;
            }
            int bit = Long.numberOfTrailingZeros(i);
            boolean up = (((i ^ (i >>> 1)) >>> bit) & 1) == 1;
            sum += (up ? 2 : -2) * Math.abs(sizes[bit]);
        }
    }

    private static double[] nonZero(double[] differences) {
        return Arrays.stream(differences).filter(d -> d != 0).toArray();
    }
}
