package dev.goldline.ci.sampling;

import java.util.Arrays;
import java.util.Random;

/** Top-p sampling the textbook way, on primitive arrays: what the sampler has to beat. */
final class FullSortSampler {
    private final double temperature;
    private final double topP;
    private final long[] order;
    private final double[] weights;
    private final Random random;

    FullSortSampler(double temperature, double topP, int vocabSize, long seed) {
        this.temperature = temperature;
        this.topP = topP;
        this.order = new long[vocabSize];
        this.weights = new double[vocabSize];
        this.random = new Random(seed);
    }

    int next(float[] logits) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double total = 0;
        for (int id = 0; id < order.length; id++) {
            weights[id] = Math.exp((logits[id] - highest) / temperature);
            total += weights[id];
            int bits = Float.floatToRawIntBits(logits[id]);
            // Ascending order of these is descending order of logits.
            order[id] = (long) ~(bits ^ ((bits >> 31) & Integer.MAX_VALUE)) << 32 | id;
        }
        Arrays.sort(order);
        double mass = 0;
        int kept = 0;
        while (kept < order.length && mass < topP * total) {
            mass += weights[(int) order[kept++]];
        }
        double point = random.nextDouble() * mass;
        for (int i = 0; i < kept; i++) {
            point -= weights[(int) order[i]];
            if (point < 0) {
                return (int) order[i];
            }
        }
        return (int) order[kept - 1];
    }
}
