package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.profile.Prices;
import java.util.Optional;

/**
 * How a run is carried out. None of it changes what an attempt that is carried out to its end says.
 *
 * @param concurrency most requests to the model at once, 1 or more; an endpoint that pushes back gets fewer
 * @param limits what may be spent
 * @param stopWhenSettled whether a problem gets no more attempts once the majority of its answers cannot change
 * @param prices of the model, if money is to be counted
 * @param timing clocks and pauses
 */
public record RunSettings(
        int concurrency, Limits limits, boolean stopWhenSettled, Optional<Prices> prices, Timing timing) {
    public RunSettings {
        if (concurrency < 1) {
            throw new IllegalArgumentException("concurrency must be 1 or more, was " + concurrency);
        }
        if (prices.isEmpty()
                && (limits.attempt().money().isPresent()
                        || limits.problem().money().isPresent()
                        || limits.run().money().isPresent())) {
            throw new IllegalArgumentException(
                    "a limit on money needs prices: the model's profile has none; add prices to it, or limit tokens");
        }
    }

    /** No limits, no money, the system's clocks. */
    public static RunSettings plain(int concurrency) {
        return new RunSettings(concurrency, Limits.NONE, false, Optional.empty(), Timing.system());
    }
}
