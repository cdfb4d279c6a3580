package dev.goldline.modelruntime.profile;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a served model may keep us waiting, and when its answer counts as stuck. There is no limit on a whole reply
 * unless one is set: a thought of an hour is fine while it moves.
 *
 * @param connect most time to make a connection
 * @param firstToken most time from asking to the first token, queueing and reading the prompt included
 * @param betweenTokens most silence after a token; comments that keep a connection open do not break it
 * @param reply most time for a whole reply; empty: none
 * @param loopCharacters an answer whose tail repeats itself at least four times over this many characters or more is
 *     stopped as a loop; 0: never
 */
public record StreamLimits(
        Duration connect, Duration firstToken, Duration betweenTokens, Optional<Duration> reply, int loopCharacters) {
    /** 15 s to connect, 10 min to the first token, 2 min between tokens, no limit on a reply, loops from 4096 characters. */
    public static final StreamLimits DEFAULT = new StreamLimits(
            Duration.ofSeconds(15), Duration.ofMinutes(10), Duration.ofMinutes(2), Optional.empty(), 4096);

    /** Longest loop length that fits the window in which loops are looked for. */
    private static final int MOST_LOOP_CHARACTERS = 16_384;

    public StreamLimits {
        positive("connect", connect);
        positive("first-token", firstToken);
        positive("between-tokens", betweenTokens);
        reply.ifPresent(limit -> positive("reply", limit));
        if (loopCharacters != 0 && (loopCharacters < 64 || loopCharacters > MOST_LOOP_CHARACTERS)) {
            throw new IllegalArgumentException(
                    "loop characters must be 0 (off) or 64 to " + MOST_LOOP_CHARACTERS + ", was " + loopCharacters);
        }
    }

    private static void positive(String name, Duration limit) {
        if (limit.isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("the " + name + " limit must be more than 0, was " + limit);
        }
    }
}
