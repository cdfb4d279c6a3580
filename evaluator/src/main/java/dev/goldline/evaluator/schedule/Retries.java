package dev.goldline.evaluator.schedule;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The tries of one attempt: counts failures by class and says whether to try again, and after what pause. */
public final class Retries {
    /** Whatever an endpoint asks, we look in on it this often. */
    private static final Duration MOST_OBEYED = Duration.ofMinutes(10);

    private final SplittableRandom random;
    private final Map<FailureClass, Integer> failures = new EnumMap<>(FailureClass.class);

    /**
     * @param seed of the pauses: they are drawn, so that many who failed together do not come back together
     */
    public Retries(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /**
     * Counts a failure.
     *
     * @param retryAfter what the endpoint asks for; the pause is never shorter, up to ten minutes
     * @return the pause before the next try, drawn evenly between half its ceiling and the ceiling; empty: give up
     */
    public Optional<Duration> after(FailureClass failure, Optional<Duration> retryAfter) {
        int count = failures.merge(failure, 1, Integer::sum);
        if (count > failure.retries()) {
            return Optional.empty();
        }
        long ceiling = failure.ceiling(count).toNanos();
        Duration drawn = Duration.ofNanos(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
        Duration asked = retryAfter.orElse(Duration.ZERO);
        Duration obeyed = asked.compareTo(MOST_OBEYED) < 0 ? asked : MOST_OBEYED;
        return Optional.of(obeyed.compareTo(drawn) > 0 ? obeyed.plus(drawn.dividedBy(4)) : drawn);
    }

    /** Failures so far, of all classes. */
    public int failures() {
        return failures.values().stream().mapToInt(Integer::intValue).sum();
    }
}
