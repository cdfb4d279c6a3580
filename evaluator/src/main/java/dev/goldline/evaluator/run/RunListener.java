package dev.goldline.evaluator.run;

import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.LostWork;

/** Hears how a run goes. Called by many threads at once; whoever is slow here slows the run. */
public interface RunListener {
    /** An attempt is on disk. */
    void finished(AttemptRecord attempt);

    /** An attempt is being made. */
    default void started() {}

    /** An attempt is no longer being made: it is finished, or was dropped. */
    default void ended() {}

    /** More tokens came. */
    default void streamed(int reasoningTokens, int answerTokens) {}

    /** A try broke; what it had cost is lost. */
    default void lost(LostWork work) {}

    /** Attempts that need not be made, for their problem is settled or at its limit. */
    default void spared(int attempts) {}
}
