package dev.goldline.modelruntime.sampling;

/**
 * The exponential function of numbers not above zero, from additions and multiplications only, so that it gives the
 * same bits on every machine; {@link Math#exp} need not, and {@link StrictMath#exp} takes several times as long.
 *
 * <p>x = n ln 2 + r with |r| at most (ln 2)/2; e^r by its Taylor polynomial of degree 12, whose remainder is below 2e-16
 * there; the power of two goes into the exponent bits. ln 2 is split in two (Cody and Waite, "Software manual for the
 * elementary functions", 1980) so that n times the high part is exact.
 */
final class Exponential {
    /** Below this the result would be subnormal; it is then 0. */
    private static final double UNDERFLOW = -708;

    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN2_HIGH = 0x1.62e42feep-1;
    private static final double LN2_LOW = 1.9082149292705877e-10;

    private Exponential() {}

    /** e to the power of {@code x}, for {@code x <= 0}; relative error below 1e-15. */
    static double exp(double x) {
        if (x < UNDERFLOW) {
            return 0;
        }
        double n = Math.rint(x * LOG2_E);
        double r = (x - n * LN2_HIGH) - n * LN2_LOW;
        double p = 1 / 479001600.0;
        p = p * r + 1 / 39916800.0;
        p = p * r + 1 / 3628800.0;
        p = p * r + 1 / 362880.0;
        p = p * r + 1 / 40320.0;
        p = p * r + 1 / 5040.0;
        p = p * r + 1 / 720.0;
        p = p * r + 1 / 120.0;
        p = p * r + 1 / 24.0;
        p = p * r + 1 / 6.0;
        p = p * r + 0.5;
        p = p * r + 1;
        p = p * r + 1;
        return p * Double.longBitsToDouble(((long) n + 1023) << 52);
    }
}
