package dev.goldline.evaluator.run;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Where a run gets its time from. Durations and limits go by {@code nanoTime}, so a clock that is set while a run goes on
 * changes nothing but the times of day that attempts are stamped with.
 */
public record Timing(InstantSource clock, LongSupplier nanoTime, Pause pause) {
    /** Waits. */
    public interface Pause {
        void sleep(Duration duration) throws InterruptedException;
    }

    public static Timing system() {
        return new Timing(InstantSource.system(), System::nanoTime, Thread::sleep);
    }
}
