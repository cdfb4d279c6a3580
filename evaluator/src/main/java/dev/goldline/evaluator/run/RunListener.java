package dev.goldline.evaluator.run;

import dev.goldline.reports.runlog.AttemptRecord;

/** Hears of attempts when they are on disk. Called by many threads at once. */
public interface RunListener {
    void finished(AttemptRecord attempt);
}
