package dev.goldline.evaluator.run;

import dev.goldline.judges.verdict.Verdict;
import dev.goldline.modelruntime.chat.ModelFailure;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.VerdictRecord;
import java.util.Optional;

/**
 * Decides what of an ended stream is judged.
 *
 * <p>An answer is what follows the thought. A stream cut off by a limit is judged only if an answer had begun, and never
 * by what stands in a half thought; a stream that our side broke is unscored whatever it holds.
 */
final class Marking {
    private final Judges judges;

    Marking(Judges judges) {
        this.judges = judges;
    }

    /**
     * A verdict, and what of ours failed if something did.
     *
     * @param error empty unless the verdict is unscored
     */
    record Mark(VerdictRecord verdict, Optional<String> error) {}

    Mark mark(Problem problem, Transcript transcript, StopReason stop) {
        return mark(problem, transcript.content().text(), stop, detailOf(transcript));
    }

    /**
     * The mark of an answer.
     *
     * @param detail what a person should read beside the stop reason; may be empty
     */
    Mark mark(Problem problem, String answer, StopReason stop, String detail) {
        return switch (stop) {
            case ERROR, STALL ->
                unscored(problem, stop.label(), detail.isBlank() ? "the stream ended by " + stop.label() : detail);
            case LENGTH, BUDGET, TOOL_LIMIT, LOOP ->
                answer.isBlank() ? noAnswer(problem, stop) : judged(problem, answer);
            case STOP -> judged(problem, answer);
        };
    }

    /** Something of ours failed before there was anything to judge. */
    Mark failed(Problem problem, String code, Throwable failure) {
        return unscored(problem, code, describe(failure));
    }

    private Mark judged(Problem problem, String answer) {
        Verdict verdict;
        try {
            verdict = judges.judge(problem, answer);
        } catch (RuntimeException failure) {
            return failed(problem, "judge-error", failure);
        }
        Outcome outcome = Outcome.ofLabel(verdict.outcome().label());
        VerdictRecord recorded = new VerdictRecord(
                outcome, verdict.points(), verdict.outOf(), verdict.code(), verdict.answer(), verdict.reason());
        return new Mark(recorded, outcome == Outcome.UNSCORED ? Optional.of(verdict.reason()) : Optional.empty());
    }

    private static Mark noAnswer(Problem problem, StopReason stop) {
        return new Mark(
                new VerdictRecord(
                        Outcome.WRONG,
                        0,
                        problem.points(),
                        "no-answer",
                        "",
                        "ended by '" + stop.label() + "' before an answer began"),
                Optional.empty());
    }

    private static Mark unscored(Problem problem, String code, String error) {
        return new Mark(new VerdictRecord(Outcome.UNSCORED, 0, problem.points(), code, "", error), Optional.of(error));
    }

    private static String detailOf(Transcript transcript) {
        return transcript
                .stop()
                .map(stop -> stop.failure().map(ModelFailure::message).orElse(stop.detail()))
                .orElse("");
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }
}
