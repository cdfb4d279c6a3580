package dev.goldline.reports.attempts;

import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.StopReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A field written out attempt by attempt. Problems are numbers; their family is {@code even} or {@code odd}. */
public final class FieldBuilderForTests {
    private final Map<Mode, List<AttemptFact>> attempts = new TreeMap<>();
    private int problems;

    public FieldBuilderForTests add(Mode mode, int problem, Outcome outcome, StopReason stop, long tokens) {
        problems = Math.max(problems, problem + 1);
        List<AttemptFact> list = attempts.computeIfAbsent(mode, m -> new ArrayList<>());
        list.add(new AttemptFact(
                problem,
                list.size(),
                outcome,
                outcome == Outcome.CORRECT ? 1 : outcome == Outcome.PARTIAL ? 0.5 : 0,
                stop,
                false,
                tokens,
                tokens < 0 ? tokens : tokens / 2,
                tokens * 1_000_000));
        return this;
    }

    public FieldBuilderForTests solved(Mode mode, int problem, long tokens) {
        return add(mode, problem, Outcome.CORRECT, StopReason.STOP, tokens);
    }

    public FieldBuilderForTests wrong(Mode mode, int problem, long tokens) {
        return add(mode, problem, Outcome.WRONG, StopReason.STOP, tokens);
    }

    public Field build() {
        List<Field.ProblemFacts> facts = new ArrayList<>();
        for (int i = 0; i < problems; i++) {
            facts.add(new Field.ProblemFacts("p" + i, i % 2 == 0 ? "even" : "odd"));
        }
        return new Field(
                "m",
                "r",
                "s",
                "h",
                List.of("run"),
                facts,
                attempts.entrySet().stream()
                        .map(each -> new Field.ModeAttempts(
                                each.getKey(), each.getValue(), each.getValue().size()))
                        .toList());
    }
}
