package dev.goldline.evaluator.run;

import dev.goldline.evaluator.live.EventFile;
import dev.goldline.evaluator.live.LiveState;
import dev.goldline.evaluator.live.LiveView;
import dev.goldline.evaluator.live.RunCounters;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.LostWork;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Watches one sitting: counts what it hears, and shows it now and then on a thread of its own. */
final class Watch implements RunListener, AutoCloseable {
    private final RunCounters counters;
    private final LiveView view;
    private final Optional<EventFile> events;
    private final Supplier<LiveState> state;
    private final Duration between;
    private final Thread painter;

    Watch(
            RunCounters counters,
            LiveView view,
            Optional<EventFile> events,
            Supplier<LiveState> state,
            Duration between) {
        this.counters = counters;
        this.view = view;
        this.events = events;
        this.state = state;
        this.between = between;
        this.painter = Thread.ofPlatform().daemon().name("live-view").start(this::paint);
    }

    private void paint() {
        try {
            while (true) {
                Thread.sleep(between);
                show();
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        LiveState now = state.get();
        view.show(now);
        events.ifPresent(file -> file.progress(now));
    }

    @Override
    public void finished(AttemptRecord attempt) {
        counters.made(attempt);
        events.ifPresent(file -> file.attempt(attempt));
    }

    @Override
    public void started() {
        counters.started();
    }

    @Override
    public void ended() {
        counters.ended();
    }

    @Override
    public void streamed(int reasoningTokens, int answerTokens) {
        counters.streamed(reasoningTokens, answerTokens);
    }

    @Override
    public void lost(LostWork work) {
        counters.lost(work.output());
    }

    @Override
    public void spared(int attempts) {
        counters.spared(attempts);
    }

    /** Shows the last state. */
    @Override
    public void close() {
        painter.interrupt();
        try {
            painter.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        show();
        view.close();
    }
}
