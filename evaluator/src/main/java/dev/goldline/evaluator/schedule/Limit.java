package dev.goldline.evaluator.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much something may spend; what is empty is not limited.
 *
 * @param tokens output tokens, those of broken tries included
 * @param money in the currency of the model's prices
 * @param wall time from its start, in this sitting
 * @param attempts attempts finished
 */
public record Limit(OptionalLong tokens, OptionalDouble money, Optional<Duration> wall, OptionalInt attempts) {
    /** No limit at all. */
    public static final Limit NONE =
            new Limit(OptionalLong.empty(), OptionalDouble.empty(), Optional.empty(), OptionalInt.empty());

    public Limit {
        if (tokens.orElse(1) < 1 || attempts.orElse(1) < 1) {
            throw new IllegalArgumentException("a limit on tokens or attempts must be 1 or more");
        }
        if (!(money.orElse(1) > 0) || Double.isInfinite(money.orElse(1))) {
            throw new IllegalArgumentException("a limit on money must be more than 0, was " + money.orElse(0));
        }
        if (wall.isPresent() && (wall.get().isNegative() || wall.get().isZero())) {
            throw new IllegalArgumentException("a limit on time must be more than 0, was " + wall.get());
        }
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** What is reached or passed by that much, in words; empty if nothing is. */
    Optional<String> reachedBy(long tokensSpent, double moneySpent, Duration wallSpent, long attemptsMade) {
        if (tokens.isPresent() && tokensSpent >= tokens.getAsLong()) {
            return Optional.of(tokens.getAsLong() + " tokens");
        }
        if (money.isPresent() && moneySpent >= money.getAsDouble()) {
            return Optional.of("money of " + plain(money.getAsDouble()));
        }
        if (wall.isPresent() && wallSpent.compareTo(wall.get()) >= 0) {
            return Optional.of("time of " + wall.get().toSeconds() + " s");
        }
        if (attempts.isPresent() && attemptsMade >= attempts.getAsInt()) {
            return Optional.of(attempts.getAsInt() + " attempts");
        }
        return Optional.empty();
    }

    private static String plain(double money) {
        return String.format(Locale.ROOT, "%.6f", money).replaceAll("\\.?0+$", "");
    }

    /** What is limited, such as {@code 1000 tokens, time of 60 s}; empty if nothing is. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        tokens.ifPresent(most -> parts.add(most + " tokens"));
        money.ifPresent(most -> parts.add("money of " + plain(most)));
        wall.ifPresent(most -> parts.add("time of " + most.toSeconds() + " s"));
        attempts.ifPresent(most -> parts.add(most + " attempts"));
        return String.join(", ", parts);
    }
}
