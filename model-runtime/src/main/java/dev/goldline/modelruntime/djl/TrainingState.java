package dev.goldline.modelruntime.djl;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.djl.ParameterLayout.Slot;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A model in the middle of its training. The arrays are not copied: do not write to them.
 *
 * @param weights all weights in the order of {@link ParameterLayout}
 * @param firstMoment Adam's running mean of gradients
 * @param secondMoment Adam's running mean of squared gradients
 * @param biases [layers][experts], correction biases
 * @param updates optimiser steps taken
 */
public record TrainingState(
        float[] weights, float[] firstMoment, float[] secondMoment, float[][] biases, long updates) {

    /**
     * An untrained model: matrices N(0, 1/fan-in), those that feed the residual stream smaller by the root of twice the
     * layers, embeddings of deviation 0.3, router of half the usual deviation, a head of zeros.
     */
    public static TrainingState initial(ModelConfig config, long seed) {
        ParameterLayout layout = ParameterLayout.of(config);
        float[] weights = new float[layout.size()];
        double residual = 1 / Math.sqrt(2.0 * config.numHiddenLayers());
        for (Slot slot : layout.slots()) {
            int end = slot.offset() + slot.size();
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(seed ^ (0x9E3779B97F4A7C15L * slot.offset()));
            double deviation = switch (slot.kind()) {
                case EMBEDDING -> 0.3;
                case HEAD, SHIFT, SCALE -> 0;
                case MATRIX -> 1 / Math.sqrt(slot.fanIn());
                case RESIDUAL_MATRIX -> residual / Math.sqrt(slot.fanIn());
                case ROUTER -> 0.5 / Math.sqrt(slot.fanIn());
            };
            float mean = slot.kind() == ParameterLayout.Kind.SCALE ? 1 : 0;
            for (int i = slot.offset(); i < end; i++) {
                weights[i] = deviation == 0 ? mean : (float) (deviation * random.nextGaussian());
            }
        }
        return new TrainingState(
                weights,
                new float[weights.length],
                new float[weights.length],
                new float[config.numHiddenLayers()][config.nRoutedExperts()],
                0);
    }

    static float[][] copyOf(float[][] biases) {
        return Arrays.stream(biases).map(float[]::clone).toArray(float[][]::new);
    }
}
