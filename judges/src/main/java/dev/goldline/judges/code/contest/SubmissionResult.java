package dev.goldline.judges.code.contest;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One submission judged.
 *
 * @param verdict of the whole
 * @param score for packages that score; empty for others and after a judge error
 * @param cases those that were run, in order
 * @param message what the compiler said, or which case decided
 */
public record SubmissionResult(CaseVerdict verdict, OptionalDouble score, List<CaseResult> cases, String message) {
    public SubmissionResult {
        cases = List.copyOf(cases);
    }

    /** The most processor time of a case. */
    public Duration slowest() {
        return cases.stream().map(CaseResult::cpu).max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
