package dev.goldline.modelruntime.djl;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import java.util.SplittableRandom;

/** Models in the middle of a training that never was, and documents of random tokens. */
final class TestModels {
    private TestModels() {}

    /** A state whose every weight has a gradient: an untrained one has a head of zeros. */
    static TrainingState state(ModelConfig config, long seed) {
        TrainingState state = TrainingState.initial(config, seed);
        SplittableRandom random = new SplittableRandom(seed);
        float[] weights = state.weights().clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] += (float) (0.15 * random.nextGaussian());
        }
        return withWeights(state, weights);
    }

    static TrainingState withWeights(TrainingState state, float[] weights) {
        return new TrainingState(weights, state.firstMoment(), state.secondMoment(), state.biases(), state.updates());
    }

    /** Rows of these lengths, padded to a width; every second token is learned, and the last. */
    static TokenRows rows(ModelConfig config, long seed, int width, int... lengths) {
        long[] ids = new long[lengths.length * width];
        boolean[] learned = new boolean[ids.length];
        for (int row = 0; row < lengths.length; row++) {
            SplittableRandom random = new SplittableRandom(seed * 1000 + lengths[row]);
            for (int i = 0; i < lengths[row]; i++) {
                ids[row * width + i] = random.nextInt(config.vocabSize());
                learned[row * width + i] = i > 0 && (i % 2 == 1 || i == lengths[row] - 1);
            }
        }
        return new TokenRows(ids, lengths, learned, width);
    }

    /** A look without a change: the rate is 0, and Adam's first moment becomes this step's gradient. */
    static TrainableModel.Settings look(boolean dense, double indexerWeight) {
        return new TrainableModel.Settings(dense, 0, 0, 0, 0, indexerWeight, 0, false);
    }
}
