package dev.goldline.evaluator.run;

import dev.goldline.evaluator.console.GoldlineVersion;
import dev.goldline.evaluator.console.TerminalWidth;
import dev.goldline.evaluator.live.EventFile;
import dev.goldline.evaluator.live.LiveView;
import dev.goldline.evaluator.live.RunCounters;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.profile.Prices;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.PartialStreams;
import dev.goldline.reports.runlog.RunLogReader;
import dev.goldline.reports.runlog.RunLogWriter;
import dev.goldline.reports.runlog.RunNote;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One sitting of a run: opens or resumes its log, carries out what is missing while showing how far it is, and ends
 * cleanly when the process is asked to end.
 *
 * @param events a file for the live view as JSON, if one is wanted
 * @param messages where the live view and remarks go
 */
public record Sitting(
        ChatModel model, Judges judges, RunSettings settings, Optional<Path> events, PrintWriter messages) {
    /** How long a signal waits for the attempts in the making to be dropped. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
    private static final Duration BETWEEN_FRAMES = Duration.ofMillis(500);

    /** Without events. */
    public Sitting(ChatModel model, Judges judges, RunSettings settings, PrintWriter messages) {
        this(model, judges, settings, Optional.empty(), messages);
    }

    /**
     * How it ended.
     *
     * @param complete whether nothing of the plan is left to make
     * @param unscored attempts that our side spoilt; the next sitting makes them again
     */
    public record Result(boolean complete, int unscored) {}

    /**
     * Makes the attempts that the log in the folder lacks.
     *
     * @throws dev.goldline.reports.runlog.RunLogException if the folder holds another run, naming what differs
     * @throws ModelUnusableException if the model answers nobody until a person mends something
     * @throws IOException if the log cannot be written
     */
    public Result sit(RunPlan plan, Path folder) throws IOException, InterruptedException {
        RunEngine engine = new RunEngine(model, judges, settings);
        CountDownLatch closed = new CountDownLatch(1);
        Thread onSignal = Thread.ofPlatform().unstarted(() -> endCleanly(engine, closed));
        try (RunLogWriter log = RunLogWriter.createOrResume(
                folder,
                plan.snapshot(
                        model,
                        judges,
                        GoldlineVersion.current(),
                        Machine.facts(),
                        settings.timing().clock().instant()))) {
            announce(plan, folder, log);
            Runtime.getRuntime().addShutdownHook(onSignal);
            return carryOut(plan, folder, log, engine);
        } finally {
            messages.flush();
            closed.countDown();
            forget(onSignal);
        }
    }

    private Result carryOut(RunPlan plan, Path folder, RunLogWriter log, RunEngine engine)
            throws IOException, InterruptedException {
        RunCounters counters = new RunCounters(plan.size(), settings.timing().nanoTime());
        note(log, RunNote.Kind.OPENED, opening());
        boolean complete = false;
        try (Closing closing = new Closing(openEvents())) {
            try (Watch watch = watch(counters, engine, closing.file)) {
                complete = engine.run(
                        plan,
                        log,
                        watch,
                        reading -> readEarlier(folder, attempt -> {
                            counters.found(attempt);
                            reading.attempt(attempt);
                        }));
            } finally {
                closing.file.ifPresent(file -> file.end(engine.ending()));
            }
        }
        note(
                log,
                RunNote.Kind.CLOSED,
                Map.of("end", engine.ending(), "finished", Integer.toString(log.finishedCount())));
        if (!complete) {
            messages.println(engine.ending() + ": " + log.finishedCount() + " of " + plan.size()
                    + " attempts are kept in " + folder + "; the same command goes on from there");
        }
        return new Result(complete, counters.unscored());
    }

    private record Closing(Optional<EventFile> file) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            if (file.isPresent()) {
                file.get().close();
            }
        }
    }

    private Optional<EventFile> openEvents() throws IOException {
        return events.isPresent()
                ? Optional.of(new EventFile(events.get(), settings.timing().clock()))
                : Optional.empty();
    }

    private Map<String, String> opening() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("pid", Long.toString(ProcessHandle.current().pid()));
        facts.put("version", GoldlineVersion.current());
        facts.put("concurrency", Integer.toString(settings.concurrency()));
        facts.putAll(settings.limits().inWords());
        if (settings.stopWhenSettled()) {
            facts.put("stop when settled", "yes");
        }
        return facts;
    }

    private void note(RunLogWriter log, RunNote.Kind kind, Map<String, String> facts) throws IOException {
        log.note(new RunNote(settings.timing().clock().instant(), kind, facts));
    }

    private void announce(RunPlan plan, Path folder, RunLogWriter log) throws IOException {
        if (log.droppedBytes() > 0) {
            messages.println("dropped a torn last line of " + log.droppedBytes() + " bytes; its attempt is made again");
        }
        messages.println(
                log.finishedCount() == 0
                        ? plan.size() + " attempts to make into " + folder
                        : "resuming " + folder + ": " + log.finishedCount() + " of " + plan.size()
                                + " attempts are there");
        PartialStreams.Summary left = log.partials().sweep(log::isFinished);
        if (left.streams() > 0) {
            messages.println(left.streams() + " streams were cut off, " + left.output() + " output tokens in all: "
                    + (model.continuesAnswers()
                            ? "they go on where they were"
                            : "they start afresh, and that is lost"));
        }
        messages.flush();
    }

    /** Every line, also of attempts that were made again: they were paid too. */
    private static void readEarlier(Path folder, RunEngine.RunLogReading reading) throws IOException {
        try (RunLogReader log = RunLogReader.openEveryLine(folder)) {
            for (Optional<AttemptRecord> next = log.next(); next.isPresent(); next = log.next()) {
                reading.attempt(next.get());
            }
        }
    }

    private Watch watch(RunCounters counters, RunEngine engine, Optional<EventFile> file) {
        Optional<String> currency = settings.prices().map(Prices::currency);
        boolean terminal = onTerminal();
        LiveView view = terminal
                ? LiveView.table(terminal(), TerminalWidth.of(System.getenv()))
                : LiveView.lines(line -> {
                    messages.println(line);
                    messages.flush();
                });
        return new Watch(
                counters,
                view,
                file,
                () -> counters.state(engine::concurrencyNow, engine::money, currency),
                terminal ? BETWEEN_FRAMES : BETWEEN_LINES);
    }

    @SuppressWarnings("SystemConsoleNull") // without a terminal, Java 25's console is null again
    private static boolean onTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    /** The table is painted with control characters, which belong on the terminal itself. */
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
