package dev.goldline.evaluator.train;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/**
 * Holds the process back when it is told to end while it trains: the step under way is finished and saved first. The
 * tensor library does not survive being unloaded in the middle of a step.
 */
final class Interruption implements AutoCloseable {
    private final CountDownLatch left = new CountDownLatch(1);
    private final PrintWriter err;
    private final Thread hook = Thread.ofPlatform().unstarted(this::hold);
    private volatile boolean asked;

    private Interruption(PrintWriter err) {
        this.err = err;
    }

    /** Begins to watch; to be closed where training has ended. */
    static Interruption watch(PrintWriter err) {
        Interruption interruption = new Interruption(err);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Whether the process was told to end. */
    boolean asked() {
        return asked;
    }

    private void hold() {
        asked = true;
        err.println("stopping after this step; the same command goes on from it");
        err.flush();
        try {
            left.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        left.countDown();
        if (!asked) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endingAlready) {
                // Told to end just now: the hook has nothing left to wait for.
            }
        }
    }
}
