package dev.goldline.modelruntime.chat;

import java.util.OptionalLong;

/**
 * Tokens of one answer.
 *
 * @param prompt tokens put in, cached ones included
 * @param cached prompt tokens that were not computed again; empty: not told
 * @param output tokens produced, reasoning included
 * @param reasoning tokens of thought: a part of {@code output}, never to be added to it; empty: not told
 */
public record Usage(long prompt, OptionalLong cached, long output, OptionalLong reasoning) {
    public Usage {
        if (prompt < 0
                || output < 0
                || cached.orElse(0) < 0
                || reasoning.orElse(0) < 0
                || cached.orElse(0) > prompt
                || reasoning.orElse(0) > output) {
            throw new IllegalArgumentException("inconsistent usage: prompt " + prompt + ", cached " + told(cached)
                    + ", output " + output + ", reasoning " + told(reasoning));
        }
    }

    /** With every count known. */
    public Usage(long prompt, long cached, long output, long reasoning) {
        this(prompt, OptionalLong.of(cached), output, OptionalLong.of(reasoning));
    }

    private static String told(OptionalLong count) {
        return count.isPresent() ? Long.toString(count.getAsLong()) : "unknown";
    }
}
