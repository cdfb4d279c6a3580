package dev.goldline.modelruntime.training;

import dev.goldline.modelruntime.yaml.RefusedValueException;

/**
 * How a model is trained.
 *
 * @param seed starts every random stream: first weights and the order of documents
 * @param tokens tokens to train on, padding not counted
 * @param stepTokens tokens of one optimiser step, roughly
 * @param shards parts a step is cut into, short documents apart from long ones; they may run on as many threads, and
 *     their gradients are added in a fixed order, so that the number of threads changes no weight
 * @param maxDocumentTokens longer documents are left out
 * @param denseFraction share of the tokens trained with dense attention first
 * @param learningRate peak
 * @param warmUpSteps steps of linear rise
 * @param decayFraction share of the run, at its end, in which the rate falls linearly to 0
 * @param beta1 Adam's first moment
 * @param beta2 Adam's second moment
 * @param weightDecay decoupled; 0 for none
 * @param indexerWeight factor of the indexer's objective
 * @param balanceSpeed what the correction bias of an expert moves a step, against its load
 */
public record TrainingRecipe(
        long seed,
        long tokens,
        int stepTokens,
        int shards,
        int maxDocumentTokens,
        double denseFraction,
        double learningRate,
        int warmUpSteps,
        double decayFraction,
        double beta1,
        double beta2,
        double weightDecay,
        double indexerWeight,
        double balanceSpeed) {
    public TrainingRecipe {
        require(tokens > 0, "tokens", tokens, "above 0");
        require(stepTokens > 0, "step_tokens", stepTokens, "above 0");
        require(shards > 0, "shards", shards, "above 0");
        require(maxDocumentTokens > 1, "max_document_tokens", maxDocumentTokens, "above 1");
        require(denseFraction >= 0 && denseFraction <= 1, "dense_fraction", denseFraction, "in [0, 1]");
        require(learningRate > 0 && learningRate <= 1, "learning_rate", learningRate, "above 0 and at most 1");
        require(warmUpSteps >= 0, "warm_up_steps", warmUpSteps, "0 or more");
        require(decayFraction >= 0 && decayFraction <= 1, "decay_fraction", decayFraction, "in [0, 1]");
        require(beta1 >= 0 && beta1 < 1, "beta1", beta1, "in [0, 1)");
        require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "in [0, 1)");
        require(weightDecay >= 0, "weight_decay", weightDecay, "0 or more");
        require(indexerWeight >= 0, "indexer_weight", indexerWeight, "0 or more");
        require(balanceSpeed >= 0, "balance_speed", balanceSpeed, "0 or more");
    }

    private static void require(boolean holds, String key, Number value, String want) {
        if (!holds) {
            throw new RefusedValueException(key, "is " + value + " but must be " + want);
        }
    }

    /** The rate after a share {@code done} of the tokens, at a step counted from 0. */
    double learningRateAt(long step, double done) {
        double rise = warmUpSteps == 0 ? 1 : Math.min(1, (step + 1.0) / warmUpSteps);
        double fall = decayFraction == 0 ? 1 : Math.clamp((1 - done) / decayFraction, 0, 1);
        return learningRate * Math.min(rise, fall);
    }

    /** Whether attention is still dense after a share {@code done} of the tokens. */
    boolean denseAt(double done) {
        return done < denseFraction;
    }
}
