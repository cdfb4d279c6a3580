package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.observation.TokenObserver;
import java.util.Optional;

/**
 * How one sequence runs.
 *
 * @param observer is told what happens, or empty: then nothing is computed for observations
 * @param choices keys and experts in place of the model's own choice, or empty
 */
public record SequenceOptions(Optional<TokenObserver> observer, Optional<DiscreteChoices> choices) {
    public static final SequenceOptions DEFAULT = new SequenceOptions(Optional.empty(), Optional.empty());

    public static SequenceOptions observedBy(TokenObserver observer) {
        return new SequenceOptions(Optional.of(observer), Optional.empty());
    }
}
