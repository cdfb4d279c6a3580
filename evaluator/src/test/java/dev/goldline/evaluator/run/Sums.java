package dev.goldline.evaluator.run;

import dev.goldline.judges.verdict.Judge;
import dev.goldline.judges.verdict.Verdict;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.RunLogWriter;
import dev.goldline.reports.runlog.RunSnapshot;
import dev.goldline.reports.runlog.RunSnapshot.ModeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.NullMarked;

/** A set of sums, a judge for them, and plans to ask them. */
@NullMarked
final class Sums {
    static final Judges JUDGES = new Judges(new Judge<>() {
        @Override
        public String profile() {
            return "sums 1";
        }

        @Override
        public Verdict judge(MathAnswerProblem problem, String answer) {
            return answer.equals("\\boxed{" + problem.answer() + "}")
                    ? Verdict.correct(problem.points(), "AC", problem.answer(), "the sum")
                    : Verdict.wrong(problem.points(), "WA", answer, "not the sum");
        }
    });

    private Sums() {}

    static AskedSet set(int problems) {
        List<Problem> sums = new ArrayList<>();
        for (int i = 0; i < problems; i++) {
            sums.add(new MathAnswerProblem("sum-" + i, i + "+" + 3 * i, Integer.toString(4 * i), 1, "sum", Map.of()));
        }
        return new AskedSet("sums", "sha256:sums" + problems, sums);
    }

    static ModeSettings mode(Mode mode, int maxOutputTokens, OptionalInt thinkingBudget) {
        return new ModeSettings(mode, 1, 0.95, 0, maxOutputTokens, thinkingBudget);
    }

    static RunPlan plan(int problems, int samples, long seed) {
        return new RunPlan(
                "sums",
                List.of(mode(Mode.STANDARD, 100, OptionalInt.empty()), mode(Mode.SPECIALE, 100, OptionalInt.empty())),
                List.of(set(problems)),
                PromptTemplate.PLAIN,
                samples,
                seed);
    }

    static RunLogWriter log(Path folder, RunPlan plan) throws IOException {
        RunSnapshot snapshot =
                plan.snapshot(new AddingModel(java.time.Duration.ZERO), JUDGES, "test", Map.of(), Instant.EPOCH);
        return RunLogWriter.createOrResume(folder, snapshot);
    }
}
