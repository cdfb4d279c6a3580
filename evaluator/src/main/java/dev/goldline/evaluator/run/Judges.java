package dev.goldline.evaluator.run;

import dev.goldline.judges.answer.MathAnswerJudge;
import dev.goldline.judges.verdict.Judge;
import dev.goldline.judges.verdict.Verdict;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.VerdictRecord;

/** The judge of each track. */
public record Judges(Judge<MathAnswerProblem> mathAnswer) {
    /** The judges that come with Goldline. */
    public static Judges standard() {
        return new Judges(new MathAnswerJudge());
    }

    /** All profiles in one line: changed when any verdict could change. */
    public String profile() {
        return mathAnswer.profile();
    }

    /** What a run would record of the attempt if it ended now as it did then. */
    public VerdictRecord again(Problem problem, AttemptRecord attempt) {
        StopReason stop = StopReason.valueOf(attempt.stopReason().name());
        return new Marking(this)
                .mark(problem, attempt.content().text(), stop, attempt.stopDetail())
                .verdict();
    }

    Verdict judge(Problem problem, String answer) {
        return switch (problem) {
            case MathAnswerProblem math -> mathAnswer.judge(math, answer);
        };
    }
}
