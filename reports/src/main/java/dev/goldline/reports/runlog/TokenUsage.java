package dev.goldline.reports.runlog;

import java.util.OptionalLong;

/**
 * Tokens of one attempt. What a provider leaves out stays empty: unknown is not zero.
 *
 * @param prompt tokens put in, cached ones included
 * @param cached prompt tokens that were not computed again
 * @param output tokens produced, reasoning included
 * @param reasoning tokens of thought: a part of {@code output}, never to be added to it
 */
public record TokenUsage(long prompt, OptionalLong cached, long output, OptionalLong reasoning) {
    public TokenUsage {
        if (prompt < 0
                || output < 0
                || cached.orElse(0) < 0
                || cached.orElse(0) > prompt
                || reasoning.orElse(0) < 0
                || reasoning.orElse(0) > output) {
            throw new IllegalArgumentException("inconsistent usage: prompt " + prompt + ", cached " + cached
                    + ", output " + output + ", reasoning " + reasoning);
        }
    }

    public static TokenUsage of(long prompt, long cached, long output, long reasoning) {
        return new TokenUsage(prompt, OptionalLong.of(cached), output, OptionalLong.of(reasoning));
    }
}
