package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;

/**
 * Rotary positions, plain or YaRN. Frequency i of {@code d/2} is {@code theta^(-2i/d)}; YaRN divides the slow ones by
 * the factor, with a ramp between. Angles are rounded to fp32 as the reference does.
 */
final class RotaryPositions {
    private final float[] frequencies;
    private final double amplitude;

    RotaryPositions(ModelConfig config) {
        int half = config.qkRopeHeadDim() / 2;
        frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            double frequency = StrictMath.pow(config.ropeTheta(), -2.0 * i / config.qkRopeHeadDim());
            if (config.ropeScaling().isPresent()) {
                RopeScaling yarn = config.ropeScaling().get();
                double ramp = ramp(yarn, config.ropeTheta(), config.qkRopeHeadDim(), i);
                frequency = frequency / yarn.factor() * ramp + frequency * (1 - ramp);
            }
            frequencies[i] = (float) frequency;
        }
        amplitude = config.ropeScaling().map(RopeScaling::attentionFactor).orElse(1.0);
    }

    private static double ramp(RopeScaling yarn, double theta, int dims, int i) {
        double low = Math.max(Math.floor(correction(yarn, theta, dims, yarn.betaFast())), 0);
        double high = Math.min(Math.ceil(correction(yarn, theta, dims, yarn.betaSlow())), dims - 1);
        if (low == high) {
            high += 0.001;
        }
        return Math.clamp((i - low) / (high - low), 0.0, 1.0);
    }

    /** The dimension whose wavelength fits the original context {@code rotations} times. */
    private static double correction(RopeScaling yarn, double theta, int dims, double rotations) {
        return dims
                * StrictMath.log(yarn.originalMaxPositionEmbeddings() / (rotations * 2 * Math.PI))
                / (2 * StrictMath.log(theta));
    }

    float frequency(int i) {
        return frequencies[i];
    }

    /** Pairs that are rotated. */
    int pairs() {
        return frequencies.length;
    }

    /** Writes cosine and sine of every pair at a position. */
    void at(int position, float[] cos, float[] sin, int at) {
        for (int i = 0; i < frequencies.length; i++) {
            float angle = position * frequencies[i];
            cos[at + i] = (float) (StrictMath.cos(angle) * amplitude);
            sin[at + i] = (float) (StrictMath.sin(angle) * amplitude);
        }
    }

    /** Rotates neighbouring pairs {@code (2i, 2i+1)} in place. */
    static void interleaved(float[] x, int at, float[] cos, float[] sin, int angles, int pairs) {
        for (int i = 0; i < pairs; i++) {
            rotate(x, at + 2 * i, at + 2 * i + 1, cos[angles + i], sin[angles + i]);
        }
    }

    /** Rotates pairs {@code (i, i + pairs)} in place. */
    static void halves(float[] x, int at, float[] cos, float[] sin, int angles, int pairs) {
        for (int i = 0; i < pairs; i++) {
            rotate(x, at + i, at + pairs + i, cos[angles + i], sin[angles + i]);
        }
    }

    private static void rotate(float[] x, int first, int second, float cos, float sin) {
        float a = x[first];
        float b = x[second];
        x[first] = a * cos - b * sin;
        x[second] = a * sin + b * cos;
    }
}
