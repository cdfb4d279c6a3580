package dev.goldline.modelruntime.training;

/** Recipes of a few steps. */
final class Recipes {
    private Recipes() {}

    /** Dense for the first quarter. */
    static TrainingRecipe of(long tokens, int stepTokens, int shards, int maxDocumentTokens) {
        return new TrainingRecipe(
                7, tokens, stepTokens, shards, maxDocumentTokens, 0.25, 0.01, 3, 0.5, 0.9, 0.95, 0.0, 1.0, 0.01);
    }
}
