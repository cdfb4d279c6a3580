package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.profile.Prices;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.LostWork;
import dev.goldline.reports.runlog.TokenUsage;
import java.util.Optional;

/** What tokens cost. */
final class Costs {
    /** Prices are by the million. */
    static final double TOKENS_A_PRICE = 1e6;

    private Costs() {}

    /**
     * Of a prompt.
     *
     * @param tokens cached ones included
     */
    static double prompt(Prices prices, long tokens, long cached) {
        return ((tokens - cached) * prices.input() + cached * prices.cachedInput()) / TOKENS_A_PRICE;
    }

    static double output(Prices prices, long tokens) {
        return tokens * prices.output() / TOKENS_A_PRICE;
    }

    /** Of an attempt and all its broken tries, as far as their tokens are known. */
    static double of(Prices prices, AttemptRecord attempt) {
        Optional<TokenUsage> usage = attempt.usage();
        double cost = usage.map(tokens -> prompt(
                                prices,
                                tokens.prompt().orElse(0),
                                tokens.cached().orElse(0))
                        + output(prices, tokens.output()))
                .orElse(0.0);
        for (LostWork lost : attempt.lost()) {
            cost += prompt(prices, lost.prompt().orElse(0), 0) + output(prices, lost.output());
        }
        return cost;
    }
}
