package dev.goldline.reports.runlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Attempts and snapshots for tests. */
public final class Attempts {
    private Attempts() {}

    public static RunSnapshot snapshot() {
        return new RunSnapshot(
                RunSnapshot.SCHEMA_VERSION,
                "0.1.0",
                "first-light",
                new RunSnapshot.Model("bundled", "sha256:0123"),
                List.of(
                        new RunSnapshot.ModeSettings(Mode.STANDARD, 1.0, 0.95, 0, 512, OptionalInt.of(256)),
                        new RunSnapshot.ModeSettings(Mode.SPECIALE, 1.0, 0.95, 0, 1024, OptionalInt.empty())),
                List.of(new RunSnapshot.SetFacts("micro-math", "sha256:4567", 10)),
                64,
                7,
                "math-answer 1",
                "sha256:89ab",
                Map.of("cores", "2"),
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    public static AttemptRecord correct(String problem, Mode mode, int index) {
        return of(problem, mode, index, Outcome.CORRECT, StopReason.STOP, 100);
    }

    public static AttemptRecord of(
            String problem, Mode mode, int index, Outcome outcome, StopReason stop, long outputTokens) {
        VerdictRecord verdict = new VerdictRecord(
                outcome, outcome == Outcome.CORRECT ? 1 : outcome == Outcome.PARTIAL ? 0.5 : 0, 1, "x", "42", "why");
        return with(problem, mode, index, verdict, stop, outputTokens, "thought", "answer \\boxed{42}");
    }

    public static AttemptRecord with(
            String problem,
            Mode mode,
            int index,
            VerdictRecord verdict,
            StopReason stop,
            long outputTokens,
            String reasoning,
            String content) {
        return new AttemptRecord(
                new AttemptKey("micro-math", problem, "bundled", mode, index),
                verdict,
                problem.startsWith("gcd") ? "gcd" : "sum",
                Map.of("level", "2"),
                1234 + index,
                stop,
                "",
                List.of(new PromptTurn("user", "What is " + problem + "?")),
                Optional.of(TokenUsage.of(20, 0, outputTokens, outputTokens / 2)),
                Optional.empty(),
                Optional.of(new ThoughtClosed(outputTokens / 2, false)),
                TokenText.builder().append(reasoning, (int) outputTokens / 2).build(),
                TokenText.builder().append(content, (int) outputTokens).build(),
                Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofMillis(outputTokens),
                Optional.empty());
    }
}
