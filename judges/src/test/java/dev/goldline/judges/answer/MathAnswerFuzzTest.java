package dev.goldline.judges.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.extraction.ExtractionPolicy;
import dev.goldline.judges.verdict.Outcome;
import dev.goldline.judges.verdict.Verdict;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import java.util.Map;

/**
 * Whatever a model writes, the judge answers, and answers alike from both sides. As a test it runs the saved inputs; with
 * {@code JAZZER_FUZZ=1} it searches for new ones.
 */
class MathAnswerFuzzTest {
    private static final AnswerGrader GRADER = new AnswerGrader(ExtractionPolicy.LENIENT, ExtractionPolicy.LENIENT);

    @FuzzTest(maxDuration = "60s")
    void never_throws_and_never_accepts_what_it_cannot_read(FuzzedDataProvider data) {
        String content = data.consumeRemainingAsString();
        MathAnswerProblem problem = new MathAnswerProblem("p", "?", "42", 1, "", Map.of());
        Verdict verdict = new MathAnswerJudge().judge(problem, "\\boxed{" + content + "}");

        if (verdict.outcome() == Outcome.CORRECT) {
            assertThat(new MathAnswerJudge()
                            .judge(problem, "\\boxed{" + verdict.answer() + "}")
                            .outcome())
                    .isEqualTo(Outcome.CORRECT);
            assertThat(verdict.answer()).containsPattern("[0-9]");
        }
    }

    @FuzzTest(maxDuration = "60s")
    void finds_the_same_whichever_side_is_the_gold(FuzzedDataProvider data) {
        String one = "\\boxed{" + data.consumeString(200) + "}";
        String two = "\\boxed{" + data.consumeRemainingAsString() + "}";
        Grade grade = GRADER.grade(one, two, AnswerContract.ANY);
        Grade swapped = GRADER.grade(two, one, AnswerContract.ANY);

        // A missing answer is wrong, a missing gold answer is our fault.
        if (!grade.code().equals("no-answer") && !swapped.code().equals("no-answer")) {
            assertThat(swapped.finding().equality()).isEqualTo(grade.finding().equality());
        }
    }
}
