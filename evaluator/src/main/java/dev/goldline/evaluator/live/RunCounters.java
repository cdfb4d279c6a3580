package dev.goldline.evaluator.live;

import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.statistics.Proportion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Counts what happens in a run. Safe for use by many threads; {@link #state} by one. */
public final class RunCounters {
    private final int total;
    private final LongSupplier nanoTime;
    private final long start;
    private final LongAdder thinking = new LongAdder();
    private final LongAdder output = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    /** Guarded by this, as is all below. */
    private final Map<Mode, int[]> scoredAndSolved = new EnumMap<>(Mode.class);

    private final Map<String, Integer> stops = new TreeMap<>();
    private int done;
    private int made;
    private int spared;
    private int unscored;
    private long lastThinking;
    private long lastAsked;

    /**
     * @param total attempts of the plan
     */
    public RunCounters(int total, LongSupplier nanoTime) {
        this.total = total;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.lastAsked = start;
    }

    /** An attempt that an earlier sitting made. One that was unscored is made again, and only its tokens count. */
    public void found(AttemptRecord attempt) {
        output.add(attempt.outputTokens().orElse(0));
        if (attempt.verdict().outcome() != Outcome.UNSCORED) {
            count(attempt);
        }
    }

    /** An attempt made now; its tokens were counted as they came. */
    public synchronized void made(AttemptRecord attempt) {
        made++;
        count(attempt);
    }

    private synchronized void count(AttemptRecord attempt) {
        done++;
        stops.merge(attempt.stopReason().label(), 1, Integer::sum);
        if (attempt.verdict().outcome() == Outcome.UNSCORED) {
            unscored++;
            return;
        }
        int[] counts = scoredAndSolved.computeIfAbsent(attempt.key().mode(), mode -> new int[2]);
        counts[0]++;
        if (attempt.solved()) {
            counts[1]++;
        }
    }

    public void started() {
        inFlight.incrementAndGet();
    }

    public void ended() {
        inFlight.decrementAndGet();
    }

    public void streamed(int reasoningTokens, int answerTokens) {
        thinking.add(reasoningTokens);
        output.add(reasoningTokens + answerTokens);
    }

    public void lost(long outputTokens) {
        lost.add(outputTokens);
    }

    public synchronized void spared(int attempts) {
        spared += attempts;
        done += attempts;
    }

    /** Attempts that need no more work. */
    public synchronized int done() {
        return done;
    }

    public synchronized int unscored() {
        return unscored;
    }

    /** The run as it is now; the speed is that since the last call. */
    public synchronized LiveState state(IntSupplier concurrency, DoubleSupplier money, Optional<String> currency) {
        long now = nanoTime.getAsLong();
        long thoughtSoFar = thinking.sum();
        double seconds = (now - lastAsked) / 1e9;
        double speed = seconds <= 0 ? 0 : (thoughtSoFar - lastThinking) / seconds;
        lastAsked = now;
        lastThinking = thoughtSoFar;
        List<LiveState.Accuracy> accuracies = new ArrayList<>();
        scoredAndSolved.forEach((mode, counts) -> accuracies.add(new LiveState.Accuracy(
                mode.label(), (double) counts[1] / counts[0], Proportion.wilson(counts[1], counts[0]), counts[0])));
        OptionalLong left = made == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.round((now - start) / 1e9 / made * (total - done)));
        return new LiveState(
                done,
                total,
                inFlight.get(),
                concurrency.getAsInt(),
                spared,
                speed,
                output.sum(),
                lost.sum(),
                currency.map(name -> new LiveState.Money(money.getAsDouble(), name)),
                new TreeMap<>(stops),
                unscored,
                List.copyOf(accuracies),
                left);
    }
}
