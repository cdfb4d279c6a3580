package dev.goldline.evaluator.run;

import dev.goldline.reports.runlog.AttemptRecord;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a run is: attempts, accuracy so far, tokens a second, time left. */
abstract sealed class Progress implements RunListener, AutoCloseable {
    final Tally tally;
    final int total;
    final LongSupplier nanoTime;
    private final long start;
    private final int doneAtStart;

    private Progress(Tally tally, int total, LongSupplier nanoTime) {
        this.tally = tally;
        this.total = total;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.doneAtStart = tally.done();
    }

    /** A bar that is painted over, for a terminal. */
    static Progress bar(Tally tally, int total, PrintStream terminal) {
        return new Bar(tally, total, terminal);
    }

    /** A line now and then, for a log. */
    static Progress lines(Tally tally, int total, Duration between, LongSupplier nanoTime, Consumer<String> out) {
        return new Lines(tally, total, between, nanoTime, out);
    }

    @Override
    public final void finished(AttemptRecord attempt) {
        tally.made(attempt);
        show();
    }

    abstract void show();

    @Override
    public abstract void close();

    final double seconds() {
        return (nanoTime.getAsLong() - start) / 1e9;
    }

    final String speed() {
        double seconds = seconds();
        return seconds <= 0 ? "" : String.format(Locale.ROOT, "%.0f tok/s", tally.newTokens() / seconds);
    }

    /** By the mean time an attempt took in this sitting. */
    final String timeLeft() {
        int made = tally.done() - doneAtStart;
        if (made <= 0) {
            return "?";
        }
        long left = Math.round(seconds() / made * (total - tally.done()));
        return left >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", left / 3600, left / 60 % 60, left % 60)
                : String.format(Locale.ROOT, "%d:%02d", left / 60, left % 60);
    }

    private static final class Bar extends Progress {
        private final ProgressBar bar;

        Bar(Tally tally, int total, PrintStream terminal) {
            super(tally, total, System::nanoTime);
            bar = new ProgressBarBuilder()
                    .setTaskName("attempts")
                    .setInitialMax(total)
                    .startsFrom(tally.done(), Duration.ZERO)
                    .setUpdateIntervalMillis(500)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setConsumer(new ConsoleProgressBarConsumer(terminal))
                    .build();
        }

        @Override
        void show() {
            bar.stepTo(tally.done());
            bar.setExtraMessage(" " + speed() + "  " + tally.accuracies());
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    private static final class Lines extends Progress {
        private final long between;
        private final Consumer<String> out;
        private long last;

        Lines(Tally tally, int total, Duration between, LongSupplier nanoTime, Consumer<String> out) {
            super(tally, total, nanoTime);
            this.between = between.toNanos();
            this.out = out;
            this.last = nanoTime.getAsLong();
        }

        @Override
        synchronized void show() {
            long now = nanoTime.getAsLong();
            if (now - last >= between || tally.done() == total) {
                last = now;
                out.accept(tally.done() + "/" + total + " attempts  " + tally.accuracies() + "  " + speed() + "  "
                        + timeLeft() + " left");
            }
        }

        @Override
        public void close() {}
    }
}
