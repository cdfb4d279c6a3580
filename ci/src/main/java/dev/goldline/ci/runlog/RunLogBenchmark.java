package dev.goldline.ci.runlog;

import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.PromptTurn;
import dev.goldline.reports.runlog.RunLogReader;
import dev.goldline.reports.runlog.RunLogWriter;
import dev.goldline.reports.runlog.RunSnapshot;
import dev.goldline.reports.runlog.StopReason;
import dev.goldline.reports.runlog.ThoughtClosed;
import dev.goldline.reports.runlog.TokenText;
import dev.goldline.reports.runlog.TokenUsage;
import dev.goldline.reports.runlog.VerdictRecord;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Appends and reads attempts, beside two rivals that write the same bytes: one forcing after every line, one forcing once
 * at the end. The log may not lose a reported attempt, so the first is its fair rival, the second the bound.
 *
 * <p>{@code java -cp … dev.goldline.ci.runlog.RunLogBenchmark [attempts] [threads] [tokens]}; defaults 4000, 16, 400.
 */
public final class RunLogBenchmark {
    private static final int SAMPLES_PER_PROBLEM = 100;

    private final int attempts;
    private final int threads;
    private final int tokens;

    private RunLogBenchmark(int attempts, int threads, int tokens) {
        this.attempts = attempts;
        this.threads = threads;
        this.tokens = tokens;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        RunLogBenchmark benchmark = new RunLogBenchmark(
                argument(arguments, 0, 4000), argument(arguments, 1, 16), argument(arguments, 2, 400));
        // Once to warm up, once to count.
        benchmark.run(new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        benchmark.run(System.out);
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return index < arguments.length ? Integer.parseInt(arguments[index]) : otherwise;
    }

    private void run(PrintStream out) throws IOException, InterruptedException, ExecutionException {
        Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "run-log-benchmark");
        try {
            Path run = folder.resolve("run");
            long append = time(() -> append(run));
            byte[] log = Files.readAllBytes(run.resolve("attempts.jsonl"));
            out.printf(
                    Locale.ROOT,
                    "%d attempts of %d tokens, %d bytes a line, %d threads%n",
                    attempts,
                    tokens,
                    log.length / attempts,
                    threads);
            print(out, "append, each on disk before it is done", append, log.length);
            long line = log.length / attempts;
            print(
                    out,
                    "bare write, forced after every line",
                    time(() -> bare(folder, log, (int) line, true)),
                    log.length);
            print(out, "bare write, forced once", time(() -> bare(folder, log, (int) line, false)), log.length);
            print(out, "read and verify", time(() -> read(run)), log.length);
            print(out, "resume: verify and list what is finished", time(() -> resume(run)), log.length);
            print(out, "bare read", time(() -> Files.readAllBytes(run.resolve("attempts.jsonl"))), log.length);
        } finally {
            delete(folder);
        }
    }

    private void print(PrintStream out, String what, long nanos, long bytes) {
        double seconds = nanos / 1e9;
        out.printf(Locale.ROOT, "%-42s %9.0f attempts/s %8.1f MB/s%n", what, attempts / seconds, bytes / seconds / 1e6);
    }

    private void append(Path run) throws IOException, InterruptedException, ExecutionException {
        try (RunLogWriter writer = RunLogWriter.create(run, snapshot());
                ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> done = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                done.add(executor.submit(() -> {
                    for (int i = first; i < attempts; i += threads) {
                        writer.append(attempt(i));
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        }
    }

    private static void bare(Path folder, byte[] log, int line, boolean forceEach) throws IOException {
        try (FileOutputStream output =
                new FileOutputStream(folder.resolve("bare").toFile())) {
            for (int start = 0; start < log.length; start += line) {
                output.write(log, start, Math.min(line, log.length - start));
                if (forceEach) {
                    output.getFD().sync();
                }
            }
            output.getFD().sync();
        }
    }

    private void read(Path run) throws IOException {
        int read = 0;
        try (RunLogReader reader = RunLogReader.open(run)) {
            while (reader.next().isPresent()) {
                read++;
            }
        }
        expect(read);
    }

    private void resume(Path run) throws IOException {
        try (RunLogWriter writer = RunLogWriter.resume(run)) {
            expect(writer.finished().size());
        }
    }

    private void expect(int found) {
        if (found != attempts) {
            throw new IllegalStateException("the log holds " + found + " of " + attempts + " attempts");
        }
    }

    private RunSnapshot snapshot() {
        return new RunSnapshot(
                RunSnapshot.SCHEMA_VERSION,
                "benchmark",
                "benchmark",
                new RunSnapshot.Model("m", "r"),
                List.of(new RunSnapshot.ModeSettings(Mode.STANDARD, 1, 0.95, 0, 1 << 20, OptionalInt.empty())),
                List.of(new RunSnapshot.SetFacts("s", "h", attempts / SAMPLES_PER_PROBLEM + 1)),
                SAMPLES_PER_PROBLEM,
                1,
                "j",
                "p",
                Map.of(),
                Instant.EPOCH);
    }

    private AttemptRecord attempt(int i) {
        TokenText.Builder thought = TokenText.builder();
        for (int token = 1; token < tokens; token++) {
            thought.append("abcd", token);
        }
        return new AttemptRecord(
                new AttemptKey("s", "p" + i / SAMPLES_PER_PROBLEM, "m", Mode.STANDARD, i % SAMPLES_PER_PROBLEM),
                new VerdictRecord(Outcome.CORRECT, 1, 1, "correct", "42", "42 equals 42"),
                "f",
                Map.of("level", "1"),
                i,
                StopReason.STOP,
                "",
                List.of(new PromptTurn("user", "What is 6 times 7?")),
                Optional.of(TokenUsage.of(12, 0, tokens, tokens - 1)),
                Optional.empty(),
                Optional.of(new ThoughtClosed(tokens - 1, false)),
                thought.build(),
                TokenText.builder().append("\\boxed{42}", tokens).build(),
                Instant.EPOCH,
                Duration.ofMillis(tokens),
                Optional.empty());
    }

    private interface Work {
        void run() throws IOException, InterruptedException, ExecutionException;
    }

    private static long time(Work work) throws IOException, InterruptedException, ExecutionException {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
