package dev.goldline.modelruntime.profile;

import dev.goldline.modelruntime.chat.Sampling;
import java.util.OptionalInt;

/**
 * What a model is asked with in one mode, where a run does not say otherwise.
 *
 * @param temperature as in {@link Sampling}
 * @param topP as in {@link Sampling}
 * @param topK as in {@link Sampling}
 * @param maxOutputTokens most tokens of thought and answer together
 * @param thinkingBudget most tokens of thought; empty: no limit of its own
 * @param systemPrefix what asks the model for this mode, put before the first turn; control tokens in it are meant; may
 *     be empty
 * @param tools whether tools may be offered
 */
public record ModeProfile(
        double temperature,
        double topP,
        int topK,
        int maxOutputTokens,
        OptionalInt thinkingBudget,
        String systemPrefix,
        boolean tools) {
    public ModeProfile {
        var unused = new Sampling(temperature, topP, topK, 0); // for its checks
        if (maxOutputTokens < 1) {
            throw new IllegalArgumentException("max output tokens must be 1 or more, was " + maxOutputTokens);
        }
        if (thinkingBudget.isPresent() && thinkingBudget.getAsInt() < 0) {
            throw new IllegalArgumentException("thinking budget must be 0 or more, was " + thinkingBudget.getAsInt());
        }
    }

    /** The published protocol of the family, without prefix or tools. */
    public static ModeProfile published(int maxOutputTokens) {
        Sampling sampling = Sampling.published(0);
        return new ModeProfile(
                sampling.temperature(),
                sampling.topP(),
                sampling.topK(),
                maxOutputTokens,
                OptionalInt.empty(),
                "",
                false);
    }

    /** This mode's sampling with the seed of one answer. */
    public Sampling sampling(long seed) {
        return new Sampling(temperature, topP, topK, seed);
    }
}
