package dev.goldline.judges.verdict;

import dev.goldline.problemsets.problem.Problem;

/** Marks answers to one kind of problem. Safe for use by many threads; needs no clock and no network. */
public interface Judge<P extends Problem> {
    /** What judged and by which rules: recorded with a run, changed when a verdict could change. */
    String profile();

    /**
     * Marks one answer.
     *
     * @param problem what was asked
     * @param answer the model's answer as written, its thought removed; hostile text, never evaluated
     * @return the verdict; never throws for a bad answer
     */
    Verdict judge(P problem, String answer);
}
