package dev.goldline.modelruntime.djl;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;

/** Rotary positions with YaRN, and the softmax scale that goes with them (V3.2 reference, {@code precompute_freqs_cis}). */
final class RotaryAngles {
    private final float[] frequencies;
    private final double softmaxScale;

    private RotaryAngles(float[] frequencies, double softmaxScale) {
        this.frequencies = frequencies;
        this.softmaxScale = softmaxScale;
    }

    static RotaryAngles of(ModelConfig config) {
        int pairs = config.qkRopeHeadDim() / 2;
        float[] frequencies = new float[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            double plain = Math.pow(config.ropeTheta(), -2.0 * pair / config.qkRopeHeadDim());
            frequencies[pair] = (float)
                    (config.ropeScaling().isPresent()
                            ? stretched(
                                    plain, pair, config, config.ropeScaling().get())
                            : plain);
        }
        double scale = 1 / Math.sqrt(config.qkHeadDim());
        double m = config.ropeScaling()
                .filter(yarn -> yarn.factor() > 1)
                .map(yarn -> 0.1 * yarn.mscaleAllDim() * Math.log(yarn.factor()) + 1)
                .orElse(1.0);
        return new RotaryAngles(frequencies, scale * m * m);
    }

    private static double stretched(double plain, int pair, ModelConfig config, RopeScaling yarn) {
        int width = config.qkRopeHeadDim();
        double low = Math.max(Math.floor(correction(yarn.betaFast(), width, config.ropeTheta(), yarn)), 0);
        double high = Math.min(Math.ceil(correction(yarn.betaSlow(), width, config.ropeTheta(), yarn)), width - 1);
        if (low == high) {
            high += 0.001;
        }
        double ramp = Math.clamp((pair - low) / (high - low), 0, 1);
        return plain / yarn.factor() * ramp + plain * (1 - ramp);
    }

    private static double correction(double rotations, int width, double theta, RopeScaling yarn) {
        return width
                * Math.log(yarn.originalMaxPositionEmbeddings() / (rotations * 2 * Math.PI))
                / (2 * Math.log(theta));
    }

    float cos(int position, int pair) {
        return (float) Math.cos(position * frequencies[pair]);
    }

    float sin(int position, int pair) {
        return (float) Math.sin(position * frequencies[pair]);
    }

    double softmaxScale() {
        return softmaxScale;
    }
}
