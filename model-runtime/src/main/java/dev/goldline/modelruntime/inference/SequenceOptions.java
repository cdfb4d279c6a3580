package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.observation.TokenObserver;
import java.util.Optional;

/**
 * How one sequence runs.
 *
 * @param observer is told what happens, or empty: then nothing is computed for observations
 * @param selection keys to attend to in place of the indexer's choice, or empty
 */
public record SequenceOptions(Optional<TokenObserver> observer, Optional<KeySelection> selection) {
    public static final SequenceOptions DEFAULT = new SequenceOptions(Optional.empty(), Optional.empty());

    public static SequenceOptions observedBy(TokenObserver observer) {
        return new SequenceOptions(Optional.of(observer), Optional.empty());
    }

    /** The same, with keys chosen by the caller. */
    public SequenceOptions selecting(KeySelection keys) {
        return new SequenceOptions(observer, Optional.of(keys));
    }
}
