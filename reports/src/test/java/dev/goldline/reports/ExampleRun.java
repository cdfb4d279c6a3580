package dev.goldline.reports;

import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.PromptTurn;
import dev.goldline.reports.runlog.RunLogWriter;
import dev.goldline.reports.runlog.RunSnapshot;
import dev.goldline.reports.runlog.StopReason;
import dev.goldline.reports.runlog.ThoughtClosed;
import dev.goldline.reports.runlog.TokenText;
import dev.goldline.reports.runlog.TokenUsage;
import dev.goldline.reports.runlog.VerdictRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** A run as the bundled model might make it: two modes, six families, some attempts cut off, undecided or unscored. */
public final class ExampleRun {
    private static final List<String> FAMILIES =
            List.of("counting", "divisors", "gcd-lcm", "linear-system", "remainder", "series");
    private static final int LIMIT = 320;

    private ExampleRun() {}

    public static RunSnapshot snapshot(int problems, int samples) {
        return new RunSnapshot(
                RunSnapshot.SCHEMA_VERSION,
                "0.1.0",
                "example",
                new RunSnapshot.Model("bundled", "sha256:41f2c09d"),
                List.of(
                        new RunSnapshot.ModeSettings(Mode.STANDARD, 1.0, 0.95, 0, LIMIT, OptionalInt.of(200)),
                        new RunSnapshot.ModeSettings(Mode.SPECIALE, 1.0, 0.95, 0, LIMIT, OptionalInt.empty())),
                List.of(new RunSnapshot.SetFacts("micro-math", "sha256:9c1e77aa", problems)),
                samples,
                7,
                "math-answer 1",
                "sha256:03b1",
                Map.of("cores", "2"),
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    /**
     * Writes the run.
     *
     * @param order shuffles the order in which attempts finish, and nothing else
     */
    public static void write(Path folder, int problems, int samples, long order) throws IOException {
        List<AttemptRecord> attempts = new ArrayList<>();
        for (Mode mode : List.of(Mode.STANDARD, Mode.SPECIALE)) {
            for (int problem = 0; problem < problems; problem++) {
                for (int index = 0; index < samples; index++) {
                    attempts.add(attempt(mode, problem, index));
                }
            }
        }
        Collections.shuffle(attempts, new Random(order));
        try (RunLogWriter writer = RunLogWriter.create(folder, snapshot(problems, samples))) {
            for (AttemptRecord attempt : attempts) {
                writer.append(attempt);
            }
        }
    }

    private static AttemptRecord attempt(Mode mode, int problem, int index) {
        Random random = new Random(31L * (31L * problem + index) + mode.ordinal());
        random.nextDouble();
        boolean speciale = mode == Mode.SPECIALE;
        double hardness = (problem * 7919 % 100) / 100.0;
        long tokens = Math.round(
                (speciale ? 150 : 60) * (0.6 + 0.9 * hardness) * (0.8 + 0.5 * Math.abs(random.nextGaussian())));
        boolean cut = tokens >= LIMIT;
        double chance = speciale ? 1.08 - 0.35 * hardness : 1 - 0.65 * hardness;
        double dice = random.nextDouble();
        Outcome outcome = cut ? Outcome.WRONG : random.nextDouble() < chance ? Outcome.CORRECT : Outcome.WRONG;
        StopReason stop = cut ? StopReason.LENGTH : StopReason.STOP;
        if (dice < 0.004) {
            outcome = Outcome.UNSCORED;
            stop = StopReason.ERROR;
        } else if (dice < 0.01 && !cut) {
            outcome = Outcome.UNKNOWN;
        }
        return attempt(
                new AttemptKey("micro-math", "p-%03d".formatted(problem), "bundled", mode, index),
                FAMILIES.get(problem % 6),
                outcome,
                stop,
                Math.min(tokens, LIMIT));
    }

    /** An attempt with these facts; its text is made up. */
    public static AttemptRecord attempt(AttemptKey key, String family, Outcome outcome, StopReason stop, long tokens) {
        String thought = "17·23 = 17·20 + 17·3 = 340 + 51 = 391.\n391 + 8 = 399. 399 mod 12: 12·33 = 396, left 3.\n";
        return new AttemptRecord(
                key,
                new VerdictRecord(
                        outcome,
                        outcome == Outcome.CORRECT ? 1 : outcome == Outcome.PARTIAL ? 0.5 : 0,
                        1,
                        outcome.label(),
                        "3",
                        "3 against 3"),
                family,
                Map.of("level", "2"),
                99,
                stop,
                "",
                List.of(new PromptTurn("user", "What is the remainder of 17·23 + 8 divided by 12?")),
                Optional.of(TokenUsage.of(20, 0, tokens, Math.max(0, tokens - 10))),
                Optional.empty(),
                Optional.of(new ThoughtClosed(Math.max(0, tokens - 10), false)),
                TokenText.builder()
                        .append(thought, (int) Math.max(0, tokens - 10))
                        .build(),
                TokenText.builder()
                        .append("The answer is \\boxed{3}.", (int) tokens)
                        .build(),
                Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofNanos(tokens * 1_400_000 + 1),
                stop == StopReason.ERROR ? Optional.of("connection reset") : Optional.empty());
    }
}
