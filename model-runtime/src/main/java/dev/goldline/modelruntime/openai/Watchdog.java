package dev.goldline.modelruntime.openai;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Wakes readers whose time is up. A timed wait for every piece of every stream would set and cancel a timer each time;
 * looking at all open streams now and then costs next to nothing, and limits are seconds long.
 */
final class Watchdog implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final Set<BodyPipe> watched = ConcurrentHashMap.newKeySet();
    private final Thread thread = Thread.ofVirtual().name("goldline-watchdog").unstarted(this::watch);

    Watchdog() {
        thread.start();
    }

    void add(BodyPipe pipe) {
        watched.add(pipe);
    }

    void remove(BodyPipe pipe) {
        watched.remove(pipe);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                long now = System.nanoTime();
                for (BodyPipe pipe : watched) {
                    pipe.wakeIfLate(now);
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }
}
