package dev.goldline.evaluator.run;

import dev.goldline.evaluator.schedule.EndpointGate;
import dev.goldline.evaluator.schedule.Lane;
import dev.goldline.evaluator.schedule.Meter;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.PartialStreams;
import dev.goldline.reports.runlog.RunLogWriter;
import dev.goldline.reports.runlog.RunNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Carries out a plan: makes the attempts that the log lacks, as many at once as the model bears. One use.
 *
 * <p>Why it is built so: the thread that runs the engine walks along the plan and starts a virtual thread for each attempt
 * once the model's gate lets it in, so what is in memory is what is in flight, whatever the size of the plan. An attempt
 * gives its leave back when its stream has ended; judging happens in a lane of its own, a thread a processor, and the log
 * forces attempts that finish together at one go. A second, larger bound holds all that is between its first request and
 * the disk, pauses between tries included, so a slow judge or disk slows the asking.
 */
public final class RunEngine {
    private static final Duration TICK = Duration.ofMillis(450);
    private static final long PATIENCE_MILLIS = 100;

    private final ChatModel model;
    private final Judges judges;
    private final RunSettings settings;
    private final EndpointGate gate;
    private final Semaphore room;
    private final int roomSize;
    private final Meter meter;
    private final Set<AttemptInMaking> inMaking = ConcurrentHashMap.newKeySet();
    private final ExecutorService attempts = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("attempt-", 1).factory());
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Guarded by {@link #attempts}, as is the next. */
    private Optional<Throwable> failure = Optional.empty();

    private Optional<String> ending = Optional.empty();
    private volatile boolean started;
    private volatile boolean stopping;

    /**
     * @param concurrency requests at once, 1 or more
     */
    public RunEngine(ChatModel model, Judges judges, int concurrency) {
        this(model, judges, RunSettings.plain(concurrency));
    }

    public RunEngine(ChatModel model, Judges judges, RunSettings settings) {
        this.model = model;
        this.judges = judges;
        this.settings = settings;
        this.gate = new EndpointGate(settings.concurrency());
        this.roomSize = 2 * settings.concurrency() + 2 * Runtime.getRuntime().availableProcessors();
        this.room = new Semaphore(roomSize);
        this.meter =
                Meter.of(Ledger.RUN, settings.limits().run(), settings.timing().nanoTime());
    }

    /** Requests that the model is asked at once now, at most. */
    public int concurrencyNow() {
        return gate.limit();
    }

    /** What the run has cost, if there are prices. */
    public double money() {
        return meter.money();
    }

    /**
     * Makes every attempt of the plan that the log does not hold yet, or holds unscored; returns when all are on disk,
     * or when the run was stopped.
     *
     * @param log opened for this plan; stays open
     * @return whether nothing of the plan is left to make; false if the run was stopped or reached its limit, see {@link
     *     #ending}
     * @throws IOException if the log cannot be written or the model cannot be used: the run ends, what is in the log
     *     stays
     * @throws InterruptedException if the calling thread was interrupted: the run ends likewise
     */
    public boolean run(RunPlan plan, RunLogWriter log, RunListener listener) throws IOException, InterruptedException {
        return run(plan, log, listener, record -> {});
    }

    /** Goes through what the log holds already. */
    interface Earlier {
        void read(RunLogReading reading) throws IOException;
    }

    /** Takes an attempt of the log. */
    interface RunLogReading {
        void attempt(AttemptRecord attempt);
    }

    /**
     * As {@link #run(RunPlan, RunLogWriter, RunListener)}.
     *
     * @param earlier asked once, before anything is made, to go through the lines of the log
     */
    boolean run(RunPlan plan, RunLogWriter log, RunListener listener, Earlier earlier)
            throws IOException, InterruptedException {
        started = true;
        Thread ticker = Thread.ofPlatform().daemon().name("ticker").unstarted(this::tick);
        try (Lane judging = new Lane("judge", Runtime.getRuntime().availableProcessors())) {
            Ledger ledger = new Ledger(
                    plan.samples(),
                    settings.stopWhenSettled(),
                    settings.limits().problem(),
                    meter,
                    (key, limit) -> noteProblemLimit(log, key, limit));
            earlier.read(attempt -> found(attempt, ledger));
            PartialStreams.Summary left = log.partials().sweep(log::isFinished);
            Bench bench = new Bench(
                    model,
                    new Marking(judges),
                    settings,
                    gate,
                    judging,
                    log.partials(),
                    left.streams() > 0,
                    ledger,
                    listener,
                    () -> stopping,
                    new Bench.Answered());
            ticker.start();
            dispatch(plan, log, bench);
            awaitAll();
        } finally {
            end("stopped");
            ticker.interrupt();
            attempts.close();
            ended.countDown();
        }
        rethrow();
        return ending().equals(COMPLETE);
    }

    private static final String COMPLETE = "complete";

    /** How the run ended: {@code complete}, {@code stopped}, or which limit of the run was reached. */
    public String ending() {
        synchronized (attempts) {
            return ending.orElse("running");
        }
    }

    /**
     * Ends the run soon: attempts in the making are dropped, those on disk stay. Returns when the last one is done.
     */
    public void stop() throws InterruptedException {
        end("stopped");
        if (started) {
            ended.await();
        }
    }

    private void found(AttemptRecord attempt, Ledger ledger) {
        long tokens = attempt.outputTokens().orElse(0) + attempt.lostOutputTokens();
        double money =
                settings.prices().map(prices -> Costs.of(prices, attempt)).orElse(0.0);
        ledger.spent(attempt.key(), tokens, money);
        ledger.count(attempt);
    }

    /** Walks along the plan and starts what is missing. */
    private void dispatch(RunPlan plan, RunLogWriter log, Bench bench) throws InterruptedException {
        int spared = 0;
        for (PlannedAttempt planned : plan.attempts(model.name())) {
            if (log.isFinished(planned.key())) {
                continue;
            }
            if (bench.ledger().spares(planned.key())) {
                spared++;
                continue;
            }
            Optional<EndpointGate.Permit> permit = enter();
            if (permit.isEmpty()) {
                return;
            }
            if (bench.ledger().spares(planned.key())) {
                // Settled while we waited.
                permit.get().close();
                room.release();
                spared++;
                continue;
            }
            try {
                attempts.execute(() -> make(planned, permit.get(), log, bench));
            } catch (RejectedExecutionException endedMeanwhile) {
                permit.get().close();
                room.release();
                return;
            }
        }
        if (spared > 0) {
            bench.listener().spared(spared);
        }
    }

    /** Leave to start one more attempt; empty if the run is ending. */
    private Optional<EndpointGate.Permit> enter() throws InterruptedException {
        while (!room.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
            if (stopping) {
                return Optional.empty();
            }
        }
        if (meter.reached().isPresent()) {
            end(meter.reached().get().toString());
        }
        Optional<EndpointGate.Permit> permit = stopping ? Optional.empty() : gate.enter();
        if (permit.isEmpty()) {
            room.release();
        }
        return permit;
    }

    private void awaitAll() throws InterruptedException {
        room.acquire(roomSize);
        room.release(roomSize);
        if (!stopping) {
            end(COMPLETE);
        }
    }

    private void end(String how) {
        synchronized (attempts) {
            if (ending.isEmpty()) {
                ending = Optional.of(how);
                stopping = true;
                gate.close();
                attempts.shutdownNow();
            }
        }
    }

    private void fail(Throwable cause) {
        synchronized (attempts) {
            failure = failure.or(() -> Optional.of(cause));
            end("failed");
        }
    }

    /** One attempt from its first request to the disk. */
    private void make(PlannedAttempt planned, EndpointGate.Permit permit, RunLogWriter log, Bench bench) {
        AttemptInMaking making = new AttemptInMaking(planned, bench);
        inMaking.add(making);
        bench.listener().started();
        try {
            AttemptRecord attempt = making.make(permit);
            if (stopping && attempt.error().isPresent()) {
                // What broke while we were stopping was most likely broken by it.
                return;
            }
            log.append(attempt);
            making.kept();
            Optional<Ledger.Settled> settled = bench.ledger().count(attempt);
            if (settled.isPresent()) {
                noteSettled(log, planned.key(), settled.get(), bench);
            }
            bench.listener().finished(attempt);
        } catch (InterruptedException dropped) {
            meter.reached().ifPresent(limit -> end(limit.toString()));
        } catch (IOException | RuntimeException | Error cause) {
            // One attempt that cannot be kept ends the run: the others must not spend an hour on what cannot be either.
            fail(cause);
        } finally {
            permit.close();
            inMaking.remove(making);
            bench.listener().ended();
            room.release();
        }
    }

    private void noteSettled(RunLogWriter log, AttemptKey key, Ledger.Settled settled, Bench bench) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("set", key.set());
        facts.put("problem", key.problem());
        facts.put("mode", key.mode().label());
        facts.put("answer", settled.answer());
        facts.put("made", Integer.toString(settled.made()));
        facts.put("of", Integer.toString(log.snapshot().samples()));
        log.note(new RunNote(bench.settings().timing().clock().instant(), RunNote.Kind.SETTLED, facts));
    }

    private void noteProblemLimit(RunLogWriter log, AttemptKey key, Meter.Reached limit) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("scope", "problem");
        facts.put("set", key.set());
        facts.put("problem", key.problem());
        facts.put("limit", limit.limit());
        try {
            log.note(new RunNote(settings.timing().clock().instant(), RunNote.Kind.LIMIT, facts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Twice a second: keeps what came of the streams, and ends what is out of time. */
    private void tick() {
        try {
            while (!stopping) {
                Thread.sleep(TICK);
                for (AttemptInMaking making : inMaking) {
                    making.tick();
                }
                meter.reached().ifPresent(limit -> end(limit.toString()));
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error cause) {
            fail(cause);
        }
    }

    private void rethrow() throws IOException {
        Optional<Throwable> first;
        synchronized (attempts) {
            first = failure;
        }
        if (first.isEmpty()) {
            return;
        }
        switch (first.get()) {
            case IOException cause -> throw cause;
            case UncheckedIOException cause -> throw cause.getCause();
            case RuntimeException cause -> throw cause;
            case Error cause -> throw cause;
            default -> throw new IllegalStateException(first.get());
        }
    }
}
