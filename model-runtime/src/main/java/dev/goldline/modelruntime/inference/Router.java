package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.ModelConfig;

/**
 * Chooses a token's experts. With gate {@code g} (sigmoids) and {@code b = g + correction bias}: a group's score is the
 * sum of its two best {@code b}; experts outside the best groups are out of reach; of the others the best by {@code b}
 * are taken, weighted by {@code g}, normalised and scaled. Equal scores: the lower index.
 */
final class Router {
    private static final float SUM_FLOOR = 1e-20f;

    private final int experts;
    private final int groups;
    private final int keptGroups;
    private final int perToken;
    private final boolean normalise;
    private final float scaling;
    private final float[] biased;
    private final float[] groupScores;
    private final int[] chosen;
    private final float[] weights;

    Router(ModelConfig config) {
        experts = config.nRoutedExperts();
        groups = config.nGroup();
        keptGroups = config.topkGroup();
        perToken = config.numExpertsPerTok();
        normalise = config.normTopkProb();
        scaling = (float) config.routedScalingFactor();
        biased = new float[experts];
        groupScores = new float[groups];
        chosen = new int[perToken];
        weights = new float[perToken];
    }

    /** Experts of the last call, best first. */
    int[] chosen() {
        return chosen;
    }

    /** Their weights. */
    float[] weights() {
        return weights;
    }

    /** Routes one token by its gate values {@code [experts]}, already sigmoids. */
    void route(float[] gates, int at, float[] bias) {
        for (int e = 0; e < experts; e++) {
            biased[e] = gates[at + e] + bias[e];
        }
        if (keptGroups < groups) {
            maskGroups();
        }
        for (int i = 0; i < perToken; i++) {
            chosen[i] = takeBest(biased, experts);
        }
        weigh(gates, at);
    }

    /** Takes a choice of the caller's, weighted by this token's gate values. */
    void force(float[] gates, int at, int[] wanted) {
        if (wanted.length != perToken) {
            throw new IllegalArgumentException(wanted.length + " experts; " + perToken + " are taken");
        }
        System.arraycopy(wanted, 0, chosen, 0, perToken);
        weigh(gates, at);
    }

    private void weigh(float[] gates, int at) {
        float sum = 0;
        for (int i = 0; i < perToken; i++) {
            weights[i] = gates[at + chosen[i]];
            sum += weights[i];
        }
        for (int i = 0; i < perToken; i++) {
            weights[i] = (normalise ? weights[i] / (sum + SUM_FLOOR) : weights[i]) * scaling;
        }
    }

    private void maskGroups() {
        int size = experts / groups;
        for (int group = 0; group < groups; group++) {
            float first = Float.NEGATIVE_INFINITY;
            float second = Float.NEGATIVE_INFINITY;
            for (int e = group * size; e < (group + 1) * size; e++) {
                if (biased[e] > first) {
                    second = first;
                    first = biased[e];
                } else if (biased[e] > second) {
                    second = biased[e];
                }
            }
            groupScores[group] = first + second;
        }
        for (int i = 0; i < keptGroups; i++) {
            int kept = takeBest(groupScores, groups);
            groupScores[kept] = Float.NaN;
        }
        for (int e = 0; e < experts; e++) {
            if (!Float.isNaN(groupScores[e / size])) {
                biased[e] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** The first greatest of the scores still above negative infinity, which is then out. */
    private static int takeBest(float[] scores, int count) {
        int best = -1;
        for (int i = 0; i < count; i++) {
            if (scores[i] > (best < 0 ? Float.NEGATIVE_INFINITY : scores[best])) {
                best = i;
            }
        }
        if (best < 0) {
            throw new ArithmeticException("router scores are not finite numbers; the weights or the input are damaged");
        }
        scores[best] = Float.NEGATIVE_INFINITY;
        return best;
    }
}
