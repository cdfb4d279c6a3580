package dev.goldline.judges.answer;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.goldline.judges.verdict.Outcome;
import dev.goldline.judges.verdict.Verdict;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import java.util.Map;

/**
 * Whatever a model writes, the judge answers. As a test it runs the saved inputs; with {@code JAZZER_FUZZ=1} it searches
 * for new ones.
 */
class MathAnswerFuzzTest {
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
}
