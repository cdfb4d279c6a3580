package dev.goldline.reports.statistics;

import java.util.OptionalDouble;

/** What k draws from the attempts at a problem would show. Undefined, and so empty, for k above the attempts made. */
public final class PassAtK {
    private PassAtK() {}

    /**
     * The chance that at least one of k attempts is correct: 1 − C(n−c, k)/C(n, k) (Chen et al., arXiv 2107.03374).
     *
     * @param n attempts scored
     * @param c of them correct
     */
    public static OptionalDouble atLeastOne(int n, int c, int k) {
        check(n, c, k);
        return k > n ? OptionalDouble.empty() : OptionalDouble.of(1 - allFrom(n - c, n, k));
    }

    /** The chance that all k attempts are correct: C(c, k)/C(n, k). */
    public static OptionalDouble all(int n, int c, int k) {
        check(n, c, k);
        return k > n ? OptionalDouble.empty() : OptionalDouble.of(allFrom(c, n, k));
    }

    /** C(marked, k)/C(n, k) as a product, so that nothing overflows. */
    private static double allFrom(int marked, int n, int k) {
        if (k > marked) {
            return 0;
        }
        double product = 1;
        for (int i = 0; i < k; i++) {
            product *= (double) (marked - i) / (n - i);
        }
        return product;
    }

    private static void check(int n, int c, int k) {
        if (n < 1 || c < 0 || c > n || k < 1) {
            throw new IllegalArgumentException(c + " correct of " + n + " attempts, k " + k);
        }
    }
}
