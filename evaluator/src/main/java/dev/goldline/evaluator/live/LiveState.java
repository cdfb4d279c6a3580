package dev.goldline.evaluator.live;

import dev.goldline.reports.statistics.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A run at one moment, for the eye only: reports recompute every figure from the log.
 *
 * @param done attempts that need no more work, those spared included
 * @param total attempts of the plan
 * @param inFlight attempts being made
 * @param concurrency requests allowed at once now
 * @param spared attempts not made because their problem is settled or at its limit
 * @param thinkingPerSecond tokens of thought a second, lately
 * @param outputTokens of this run so far, streams in flight included
 * @param lostTokens output tokens of tries that broke, in this sitting
 * @param money spent so far; empty if there are no prices
 * @param stops attempts by stop reason
 * @param secondsLeft empty while nothing can be said
 */
public record LiveState(
        int done,
        int total,
        int inFlight,
        int concurrency,
        int spared,
        double thinkingPerSecond,
        long outputTokens,
        long lostTokens,
        Optional<Money> money,
        Map<String, Integer> stops,
        int unscored,
        List<Accuracy> accuracies,
        OptionalLong secondsLeft) {
    /** An amount. */
    public record Money(double amount, String currency) {}

    /**
     * The share solved in a mode, with a Wilson interval over attempts: close enough to watch, a little too narrow where
     * problems are repeated.
     *
     * @param scored attempts it is a share of
     */
    public record Accuracy(String mode, double share, Interval interval, int scored) {}
}
