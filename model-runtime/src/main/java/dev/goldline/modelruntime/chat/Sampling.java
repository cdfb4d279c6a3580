package dev.goldline.modelruntime.chat;

/**
 * How the next token is drawn. Same model, request and seed: same tokens.
 *
 * @param temperature 0 takes the most likely token; otherwise logits are divided by it
 * @param topP keeps the smallest set of most likely tokens whose probability reaches this, in (0, 1]
 * @param topK keeps this many most likely tokens; 0 keeps all
 * @param seed starts the random stream of this one answer
 */
public record Sampling(double temperature, double topP, int topK, long seed) {
    public Sampling {
        if (!(temperature >= 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("temperature must be 0 or more, was " + temperature);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top-p must lie in (0, 1], was " + topP);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top-k must be 0 (all) or more, was " + topK);
        }
    }

    /** The published protocol of the V3.2 family: temperature 1.0, top-p 0.95. */
    public static Sampling published(long seed) {
        return new Sampling(1.0, 0.95, 0, seed);
    }

    public static Sampling greedy() {
        return new Sampling(0, 1, 0, 0);
    }
}
