package dev.goldline.modelruntime.kernels;

/** Integers in the order of the floats they stand for, so that floats can be bisected. */
final class FloatOrder {
    /** Negative infinity. */
    static final int LEAST = of(Float.NEGATIVE_INFINITY);

    /** Positive infinity. */
    static final int GREATEST = of(Float.POSITIVE_INFINITY);

    private FloatOrder() {}

    /** The place of a float; each of the zeros has its own. */
    static int of(float value) {
        return swapped(Float.floatToRawIntBits(value));
    }

    /** The float of a place. */
    static float value(int place) {
        return Float.intBitsToFloat(swapped(place));
    }

    /** Halfway between two places, the higher one of two neighbours. */
    static int middle(int low, int high) {
        return (int) (((long) low + high + 1) >> 1);
    }

    private static int swapped(int bits) {
        return bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    }
}
