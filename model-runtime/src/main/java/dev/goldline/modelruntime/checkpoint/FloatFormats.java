package dev.goldline.modelruntime.checkpoint;

/** Conversions between fp32 and the narrow floating-point formats of checkpoints. */
public final class FloatFormats {
    /** Every e4m3fn value by its byte: bias 7, greatest 448, least subnormal 2^-9, NaN at 0x7F and 0xFF, no infinity. */
    private static final float[] E4M3 = e4m3Table();

    /** Largest finite e4m3fn value. */
    public static final float E4M3_MAX = 448f;

    private FloatFormats() {}

    /** The value of an e4m3fn byte. */
    public static float fromE4m3(byte bits) {
        return E4M3[bits & 0xFF];
    }

    /** The nearest e4m3fn byte, ties to even, magnitudes clamped to 448; NaN becomes 0x7F. */
    public static byte toE4m3(float value) {
        if (Float.isNaN(value)) {
            return 0x7F;
        }
        int sign = (Float.floatToRawIntBits(value) >>> 24) & 0x80;
        float magnitude = Math.min(Math.abs(value), E4M3_MAX);
        int exponent = Math.max(Math.getExponent(magnitude), -6);
        // In units of the last place the magnitude is at most 15 here; rint rounds ties to even.
        int steps = (int) Math.rint(Math.scalb(magnitude, 3 - exponent));
        int bits = steps < 8 ? steps : ((exponent + 7) << 3) + (steps - 8);
        return (byte) (sign | bits);
    }

    /** The value of bf16 bits. */
    public static float fromBf16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /** The nearest bf16 bits, ties to even; NaN stays NaN. */
    public static short toBf16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
    }

    private static float[] e4m3Table() {
        float[] table = new float[256];
        for (int bits = 0; bits < 256; bits++) {
            int exponent = (bits >>> 3) & 0xF;
            int mantissa = bits & 7;
            float magnitude;
            if (exponent == 0xF && mantissa == 7) {
                magnitude = Float.NaN;
            } else if (exponent == 0) {
                magnitude = Math.scalb((float) mantissa, -9);
            } else {
                magnitude = Math.scalb(1 + mantissa / 8f, exponent - 7);
            }
            table[bits] = (bits & 0x80) == 0 ? magnitude : -magnitude;
        }
        return table;
    }
}
