package dev.goldline.ci.attempts;

import dev.goldline.evaluator.run.AskedSet;
import dev.goldline.evaluator.run.Judges;
import dev.goldline.evaluator.run.PromptTemplate;
import dev.goldline.evaluator.run.RunPlan;
import dev.goldline.evaluator.run.RunSettings;
import dev.goldline.evaluator.run.Sitting;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.RunSnapshot.ModeSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Short attempts from asking to disk: the engine, the math judge, the log with every attempt forced before it counts. The
 * model answers at once, in this process, so what is measured is all that is ours but the client.
 *
 * <p>{@code ./goldline benchmark attempts [COUNT...]}; defaults 2000, 20000, 200000. The first is run once more before,
 * to warm up. Memory is the most that a collection left of the heap during the run.
 */
public final class AttemptsBenchmark {
    private static final int PROBLEMS = 100;
    private static final int CONCURRENCY = 256;
    private static final int WARM_UP = 20_000;

    private AttemptsBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int[] counts = arguments.length == 0
                ? new int[] {2_000, 20_000, 200_000}
                : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        System.out.printf(
                Locale.ROOT,
                "%d processors, %s, concurrency %d%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                CONCURRENCY);
        run(WARM_UP);
        System.out.printf("%10s %14s %12s %16s%n", "attempts", "attempts/s", "seconds", "live heap MiB");
        for (int count : counts) {
            Measured measured = run(count);
            System.out.printf(
                    Locale.ROOT,
                    "%10d %14.0f %12.2f %16.1f%n",
                    count,
                    count / measured.seconds,
                    measured.seconds,
                    measured.liveHeapBytes / 1048576.0);
        }
    }

    private record Measured(double seconds, long liveHeapBytes) {}

    private static Measured run(int attempts) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Path.of("").toAbsolutePath(), "attempts-benchmark");
        try (ChatModel model = new InstantModel();
                PrintWriter silence = new PrintWriter(Writer.nullWriter());
                HeapWatch heap = new HeapWatch()) {
            Sitting sitting = new Sitting(model, Judges.standard(), RunSettings.plain(CONCURRENCY), silence);
            long start = System.nanoTime();
            Sitting.Result result = sitting.sit(plan(attempts), folder.resolve("run"));
            double seconds = (System.nanoTime() - start) / 1e9;
            if (!result.complete() || result.unscored() > 0) {
                throw new IllegalStateException("not every attempt was made: " + result);
            }
            return new Measured(seconds, heap.most());
        } finally {
            delete(folder);
        }
    }

    private static RunPlan plan(int attempts) {
        int problems = Math.min(PROBLEMS, attempts);
        List<Problem> asked = new ArrayList<>();
        for (int i = 0; i < problems; i++) {
            asked.add(new MathAnswerProblem(
                    "sum-" + i, "What is " + i + " - " + i + " + 4?", "4", 1, "sum", Map.of("level", "1")));
        }
        return new RunPlan(
                "benchmark",
                List.of(new ModeSettings(Mode.STANDARD, 1, 0.95, 0, 1 << 17, OptionalInt.empty())),
                List.of(new AskedSet("sums", "sha256:benchmark", asked)),
                PromptTemplate.PLAIN,
                attempts / problems,
                1);
    }

    /** Looks again and again at what the collector left, and forces it to look itself at the end. */
    private static final class HeapWatch implements AutoCloseable {
        private static final long PERIOD_MILLIS = 50;
        /** Seldom enough not to count in the time. */
        private static final int PERIODS_A_COLLECTION = 40;

        private final Thread watcher = Thread.ofPlatform().daemon().name("heap").unstarted(this::watch);
        private volatile long most;

        HeapWatch() {
            watcher.start();
        }

        private void watch() {
            try {
                for (int period = 1; ; period++) {
                    Thread.sleep(PERIOD_MILLIS);
                    if (period % PERIODS_A_COLLECTION == 0) {
                        collect();
                    }
                }
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
        }

        private void collect() {
            System.gc();
            long left = ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getCollectionUsage)
                    .mapToLong(MemoryUsage::getUsed)
                    .sum();
            most = Math.max(most, left);
        }

        long most() {
            collect();
            return most;
        }

        @Override
        public void close() {
            watcher.interrupt();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
