package dev.goldline.evaluator.run;

import dev.goldline.judges.answer.MathAnswerJudge;
import dev.goldline.judges.verdict.Judge;
import dev.goldline.judges.verdict.Verdict;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import dev.goldline.problemsets.problem.Problem;

/** The judge of each track. */
public record Judges(Judge<MathAnswerProblem> mathAnswer) {
    /** The judges that come with Goldline. */
    public static Judges standard() {
        return new Judges(new MathAnswerJudge());
    }

    /** All profiles in one line: changed when any verdict could change. */
    String profile() {
        return mathAnswer.profile();
    }

    Verdict judge(Problem problem, String answer) {
        return switch (problem) {
            case MathAnswerProblem math -> mathAnswer.judge(math, answer);
        };
    }
}
