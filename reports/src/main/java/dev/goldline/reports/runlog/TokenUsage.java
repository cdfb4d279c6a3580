package dev.goldline.reports.runlog;

import java.util.OptionalLong;

/**
 * Tokens of one attempt. What a provider leaves out stays empty: unknown is not zero.
 *
 * @param prompt tokens put in, cached ones included; empty where nobody told
 * @param cached prompt tokens that were not computed again
 * @param output tokens produced, reasoning included
 * @param reasoning tokens of thought: a part of {@code output}, never to be added to it
 */
public record TokenUsage(OptionalLong prompt, OptionalLong cached, long output, OptionalLong reasoning) {
    public TokenUsage {
        if (prompt.orElse(0) < 0
                || output < 0
                || cached.orElse(0) < 0
                || cached.orElse(0) > prompt.orElse(Long.MAX_VALUE)
                || reasoning.orElse(0) < 0
                || reasoning.orElse(0) > output) {
            throw new IllegalArgumentException("inconsistent usage: prompt " + prompt + ", cached " + cached
                    + ", output " + output + ", reasoning " + reasoning);
        }
    }

    /** With the prompt known. */
    public TokenUsage(long prompt, OptionalLong cached, long output, OptionalLong reasoning) {
        this(OptionalLong.of(prompt), cached, output, reasoning);
    }

    public static TokenUsage of(long prompt, long cached, long output, long reasoning) {
        return new TokenUsage(prompt, OptionalLong.of(cached), output, OptionalLong.of(reasoning));
    }
}
