package dev.goldline.modelruntime.chat;

/**
 * Tokens of one answer.
 *
 * @param prompt tokens put in, cached ones included
 * @param cached prompt tokens that were not computed again
 * @param output tokens produced, reasoning included
 * @param reasoning tokens of thought: a part of {@code output}, never to be added to it
 */
public record Usage(long prompt, long cached, long output, long reasoning) {
    public Usage {
        if (prompt < 0 || cached < 0 || reasoning < 0 || cached > prompt || reasoning > output) {
            throw new IllegalArgumentException("inconsistent usage: prompt " + prompt + ", cached " + cached
                    + ", output " + output + ", reasoning " + reasoning);
        }
    }
}
