package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.RunLogWriter;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Carries out a plan: as many workers as asked for, each taking the next attempt that the log lacks. One use.
 *
 * <p>Workers are threads of the platform: a model in process computes on the thread that asks, and more of those than
 * cores only gets in its own way.
 */
public final class RunEngine {
    private final ChatModel model;
    private final Candidate candidate;
    private final int concurrency;
    private final ExecutorService workers;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean started;
    private volatile boolean stopping;

    /**
     * @param concurrency attempts in the making at once, 1 or more
     */
    public RunEngine(ChatModel model, Judges judges, int concurrency) {
        this(model, judges, concurrency, InstantSource.system(), System::nanoTime);
    }

    RunEngine(ChatModel model, Judges judges, int concurrency, InstantSource clock, LongSupplier nanoTime) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be 1 or more, was " + concurrency);
        }
        this.model = model;
        this.candidate = new Candidate(model, judges, clock, nanoTime);
        this.concurrency = concurrency;
        this.workers = Executors.newFixedThreadPool(
                concurrency, Thread.ofPlatform().name("attempt-", 1).factory());
    }

    /**
     * Makes every attempt of the plan that the log does not hold yet, or holds unscored; returns when all are on disk,
     * or when the run was stopped.
     *
     * @param log opened for this plan; stays open
     * @return whether the plan is complete; false if the run was stopped
     * @throws IOException if the log cannot be written: the run ends, what is in the log stays
     * @throws InterruptedException if the calling thread was interrupted: the run ends likewise
     */
    public boolean run(RunPlan plan, RunLogWriter log, RunListener listener) throws IOException, InterruptedException {
        started = true;
        Set<AttemptKey> finished = log.finished();
        List<PlannedAttempt> missing = plan.attempts(model.name()).stream()
                .filter(attempt -> !finished.contains(attempt.key()))
                .toList();
        Queue queue = new Queue(missing.iterator());
        AtomicInteger made = new AtomicInteger();
        try {
            List<Future<?>> running = start(Math.min(concurrency, missing.size()), () -> {
                work(queue, log, attempt -> {
                    made.incrementAndGet();
                    listener.finished(attempt);
                });
                return null;
            });
            await(running);
            return made.get() == missing.size();
        } finally {
            endWorkers();
            workers.close();
            ended.countDown();
        }
    }

    /**
     * Ends the run soon: attempts in the making are dropped, those on disk stay. Returns when the last worker is done.
     */
    public void stop() throws InterruptedException {
        endWorkers();
        if (started) {
            ended.await();
        }
    }

    /** Starts the workers, unless the run was stopped before it began. */
    private List<Future<?>> start(int count, Callable<?> work) {
        List<Future<?>> running = new ArrayList<>();
        synchronized (workers) {
            for (int i = 0; i < count && !stopping; i++) {
                running.add(workers.submit(work));
            }
        }
        return running;
    }

    private void endWorkers() {
        synchronized (workers) {
            stopping = true;
            workers.shutdownNow();
        }
    }

    private void work(Queue queue, RunLogWriter log, RunListener listener) throws IOException {
        try {
            for (Optional<PlannedAttempt> next = queue.next(); next.isPresent() && !stopping; next = queue.next()) {
                AttemptRecord attempt = candidate.attempt(next.get(), () -> stopping);
                if (stopping && attempt.error().isPresent()) {
                    // What broke while we were stopping was most likely broken by it.
                    return;
                }
                log.append(attempt);
                listener.finished(attempt);
            }
        } catch (InterruptedException dropped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException | Error failure) {
            // One worker that cannot go on ends the run: the others must not spend an hour on what cannot be kept.
            endWorkers();
            throw failure;
        }
    }

    private static void await(List<Future<?>> running) throws IOException, InterruptedException {
        Optional<Throwable> first = Optional.empty();
        for (Future<?> worker : running) {
            try {
                worker.get();
            } catch (ExecutionException e) {
                first = first.or(() -> Optional.ofNullable(e.getCause()));
            }
        }
        if (first.isPresent()) {
            switch (first.get()) {
                case IOException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                default -> throw new IllegalStateException(first.get());
            }
        }
    }

    /** Hands out attempts, each once. */
    private static final class Queue {
        private final Iterator<PlannedAttempt> attempts;

        Queue(Iterator<PlannedAttempt> attempts) {
            this.attempts = attempts;
        }

        synchronized Optional<PlannedAttempt> next() {
            return attempts.hasNext() ? Optional.of(attempts.next()) : Optional.empty();
        }
    }
}
