package dev.goldline.evaluator.run;

import dev.goldline.evaluator.console.GoldlineVersion;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.RunLogReader;
import dev.goldline.reports.runlog.RunLogWriter;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One sitting of a run: opens or resumes its log, carries out what is missing while showing how far it is, and ends
 * cleanly when the process is asked to end.
 *
 * @param concurrency attempts in the making at once
 * @param messages where progress and remarks go
 */
public record Sitting(ChatModel model, Judges judges, int concurrency, PrintWriter messages) {
    /** How long a signal waits for the attempts in the making to be dropped. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    /**
     * How it ended.
     *
     * @param complete whether every attempt of the plan is in the log
     * @param unscored attempts that our side spoilt; the next sitting makes them again
     */
    public record Result(boolean complete, int unscored) {}

    /**
     * Makes the attempts that the log in the folder lacks.
     *
     * @throws dev.goldline.reports.runlog.RunLogException if the folder holds another run, naming what differs
     * @throws IOException if the log cannot be written
     */
    public Result sit(RunPlan plan, Path folder) throws IOException, InterruptedException {
        RunEngine engine = new RunEngine(model, judges, concurrency);
        CountDownLatch closed = new CountDownLatch(1);
        Thread onSignal = Thread.ofPlatform().unstarted(() -> endCleanly(engine, closed));
        try (RunLogWriter log = RunLogWriter.createOrResume(
                folder, plan.snapshot(model, judges, GoldlineVersion.current(), Machine.facts(), Instant.now()))) {
            Tally tally = earlierAttempts(folder);
            announce(plan, folder, log, tally);
            Runtime.getRuntime().addShutdownHook(onSignal);
            boolean complete;
            try (Progress progress = progress(tally, plan.size())) {
                complete = engine.run(plan, log, progress);
            }
            if (!complete) {
                messages.println("stopped: " + log.finished().size() + " of " + plan.size() + " attempts are kept in "
                        + folder + "; the same command goes on from there");
            }
            return new Result(complete, tally.unscored());
        } finally {
            messages.flush();
            closed.countDown();
            forget(onSignal);
        }
    }

    private void announce(RunPlan plan, Path folder, RunLogWriter log, Tally tally) {
        if (log.droppedBytes() > 0) {
            messages.println("dropped a torn last line of " + log.droppedBytes() + " bytes; its attempt is made again");
        }
        messages.println(
                tally.done() == 0
                        ? plan.size() + " attempts to make into " + folder
                        : "resuming " + folder + ": " + tally.done() + " of " + plan.size() + " attempts are there");
        messages.flush();
    }

    private static Tally earlierAttempts(Path folder) throws IOException {
        Tally tally = new Tally();
        try (RunLogReader log = RunLogReader.open(folder)) {
            for (Optional<AttemptRecord> next = log.next(); next.isPresent(); next = log.next()) {
                tally.found(next.get());
            }
        }
        return tally;
    }

    private Progress progress(Tally tally, int total) {
        if (onTerminal()) {
            return Progress.bar(tally, total, terminal());
        }
        return Progress.lines(tally, total, BETWEEN_LINES, System::nanoTime, line -> {
            messages.println(line);
            messages.flush();
        });
    }

    @SuppressWarnings("SystemConsoleNull") // without a terminal, Java 25's console is null again
    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** The bar paints with control characters, which belong on the terminal itself. */
    private static PrintStream terminal() {
        return System.err;
    }

    private static void endCleanly(RunEngine engine, CountDownLatch closed) {
        try {
            engine.stop();
            closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is what is running: it ends by itself.
        }
    }
}
