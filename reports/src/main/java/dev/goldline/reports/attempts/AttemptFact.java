package dev.goldline.reports.attempts;

import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.StopReason;

/**
 * What figures need of one attempt.
 *
 * @param problem position in {@link Field#problems}
 * @param index which repeat
 * @param score points given of points there were, 0 to 1
 * @param forced whether the thinking budget closed the thought
 * @param outputTokens reasoning included; {@link #UNKNOWN} if nobody counted
 * @param reasoningTokens {@link #UNKNOWN} if nobody counted
 * @param nanos from asking to the last event
 */
public record AttemptFact(
        int problem,
        int index,
        Outcome outcome,
        double score,
        StopReason stop,
        boolean forced,
        long outputTokens,
        long reasoningTokens,
        long nanos) {
    /** Stands for a number of tokens that nobody counted. */
    public static final long UNKNOWN = -1;

    /** Whether our machinery worked, so that the attempt counts. */
    public boolean scored() {
        return outcome != Outcome.UNSCORED;
    }

    public boolean truncated() {
        return stop.truncated();
    }

    /** Judged correct, and not cut off. */
    public boolean solved() {
        return outcome == Outcome.CORRECT && !truncated();
    }

    /** Not decided by the judge, and not cut off: it may or may not be solved. */
    public boolean undecided() {
        return outcome == Outcome.UNKNOWN && !truncated();
    }

    AttemptFact at(int position) {
        return new AttemptFact(position, index, outcome, score, stop, forced, outputTokens, reasoningTokens, nanos);
    }
}
