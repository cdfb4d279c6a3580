package dev.goldline.evaluator.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What one scope has spent so far, held against its limit. What is spent in a scope is spent in all that hold it: an
 * attempt's meter feeds its problem's, that the run's. Safe for use by many threads.
 */
public final class Meter {
    private final String scope;
    private final Limit limit;
    private final Optional<Meter> outer;
    private final LongSupplier nanoTime;
    private final long start;
    private final LongAdder tokens = new LongAdder();
    private final DoubleAdder money = new DoubleAdder();
    private final LongAdder attempts = new LongAdder();

    private Meter(String scope, Limit limit, Optional<Meter> outer, LongSupplier nanoTime) {
        this.scope = scope;
        this.limit = limit;
        this.outer = outer;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** The outermost meter. */
    public static Meter of(String scope, Limit limit, LongSupplier nanoTime) {
        return new Meter(scope, limit, Optional.empty(), nanoTime);
    }

    /** A meter inside this one; its time begins now. */
    public Meter inner(String innerScope, Limit innerLimit) {
        return new Meter(innerScope, innerLimit, Optional.of(this), nanoTime);
    }

    /** A limit that was reached. */
    public record Reached(String scope, String limit) {
        /** For a person: {@code the limit of the run, 1000 tokens, was reached}. */
        @Override
        public String toString() {
            return "the limit of the " + scope + ", " + limit + ", was reached";
        }
    }

    public void spend(long moreTokens, double moreMoney) {
        tokens.add(moreTokens);
        if (moreMoney != 0) {
            money.add(moreMoney);
        }
        outer.ifPresent(meter -> meter.spend(moreTokens, moreMoney));
    }

    public void finishedAttempt() {
        attempts.increment();
        outer.ifPresent(Meter::finishedAttempt);
    }

    /** The innermost limit that is reached, of this meter and those around it. */
    public Optional<Reached> reached() {
        if (!limit.isNone()) {
            Optional<String> own =
                    limit.reachedBy(tokens.sum(), money.sum(), Duration.ofNanos(elapsed()), attempts.sum());
            if (own.isPresent()) {
                return own.map(what -> new Reached(scope, what));
            }
        }
        return outer.flatMap(Meter::reached);
    }

    private long elapsed() {
        return Math.max(0, nanoTime.getAsLong() - start);
    }

    public long tokens() {
        return tokens.sum();
    }

    public double money() {
        return money.sum();
    }
}
