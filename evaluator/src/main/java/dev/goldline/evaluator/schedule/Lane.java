package dev.goldline.evaluator.schedule;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Where work for the processor is done: as many at once as there are processors given to it, on threads of the platform,
 * whatever number of streams waits meanwhile. So how long a judge takes says something about the answer.
 */
public final class Lane implements AutoCloseable {
    private final ExecutorService threads;

    public Lane(String name, int width) {
        threads = Executors.newFixedThreadPool(
                width, Thread.ofPlatform().name(name + "-", 1).daemon().factory());
    }

    /**
     * Does the work on this lane and waits for it.
     *
     * @throws InterruptedException if the waiting thread was interrupted; the work goes on and its result is dropped
     */
    public <T> T run(Callable<T> work) throws InterruptedException {
        Future<T> result = threads.submit(work);
        try {
            return result.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }

    /** Drops what is waiting and interrupts what is being done. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
