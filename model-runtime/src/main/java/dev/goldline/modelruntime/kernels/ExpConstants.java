package dev.goldline.modelruntime.kernels;

/**
 * {@code exp} for arguments at most 0 in fp32: with {@code n = round(x / ln 2)} and {@code r = x - n ln 2} in two
 * parts, {@code 2^n (1 + r + r^2/2! + ... + r^7/7!)}; relative error below 2e-7. Arguments below {@link #LEAST} give 0.
 */
final class ExpConstants {
    /** Keeps {@code 2^n} clear of subnormals; exp(-86) is 4.5e-38. */
    static final float LEAST = -86f;

    static final float LOG2_E = 1.44269504f;
    /** Adding and subtracting it rounds to whole numbers, ties to even, and leaves n in the low bits. */
    static final float ROUND = 0x1.8p23f;

    static final float LN2_HIGH = 0x1.62e4p-1f;
    static final float LN2_LOW = 0x1.7f7d1cp-20f;

    static final float C2 = 1f / 2;
    static final float C3 = 1f / 6;
    static final float C4 = 1f / 24;
    static final float C5 = 1f / 120;
    static final float C6 = 1f / 720;
    static final float C7 = 1f / 5040;

    private ExpConstants() {}
}
