package dev.goldline.evaluator.run;

import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.statistics.Interval;
import dev.goldline.reports.statistics.Proportion;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Counts of a run on its way, for the eye only: reports recompute every figure from the log. Safe for use by many
 * threads.
 */
final class Tally {
    private final Map<Mode, Counts> modes = new EnumMap<>(Mode.class);
    private int done;
    private int unscored;
    private long newTokens;

    private static final class Counts {
        int scored;
        int solved;
    }

    /** Counts an attempt that an earlier sitting made. */
    synchronized void found(AttemptRecord attempt) {
        if (attempt.verdict().outcome() != Outcome.UNSCORED) {
            count(attempt);
        }
    }

    /** Counts an attempt made now. */
    synchronized void made(AttemptRecord attempt) {
        newTokens += attempt.outputTokens().orElse(0);
        count(attempt);
    }

    private void count(AttemptRecord attempt) {
        done++;
        if (attempt.verdict().outcome() == Outcome.UNSCORED) {
            unscored++;
            return;
        }
        Counts counts = modes.computeIfAbsent(attempt.key().mode(), mode -> new Counts());
        counts.scored++;
        if (attempt.solved()) {
            counts.solved++;
        }
    }

    /** Attempts that need no more work in this sitting. */
    synchronized int done() {
        return done;
    }

    synchronized int unscored() {
        return unscored;
    }

    /** Output tokens produced in this sitting. */
    synchronized long newTokens() {
        return newTokens;
    }

    /**
     * Accuracy so far, a mode after another, with a Wilson interval over attempts: close enough to watch, a little too
     * narrow where problems are repeated.
     */
    synchronized String accuracies() {
        StringJoiner line = new StringJoiner("  ");
        modes.forEach((mode, counts) -> {
            Interval interval = Proportion.wilson(counts.solved, counts.scored);
            line.add(String.format(
                    Locale.ROOT,
                    "%s %.2f [%.2f, %.2f] n=%d",
                    mode.label(),
                    (double) counts.solved / counts.scored,
                    interval.low(),
                    interval.high(),
                    counts.scored));
        });
        if (unscored > 0) {
            line.add(unscored + " unscored");
        }
        return line.toString();
    }
}
