package dev.goldline.ci.nullserver;

import java.time.Duration;

/**
 * How a request is answered.
 *
 * @param thought tokens of thought before the answer, which has {@value Prose#ANSWER_TOKENS}
 * @param tokensPerSecond pace of the stream; 0: as fast as the connection takes it
 * @param firstToken wait before the first token
 * @param fault what goes wrong
 */
public record Reply(int thought, double tokensPerSecond, Duration firstToken, Fault fault) {
    public Reply {
        if (thought < 0 || !(tokensPerSecond >= 0) || firstToken.isNegative()) {
            throw new IllegalArgumentException("a reply has 0 or more of everything");
        }
    }

    /** The same, with something going wrong. */
    public Reply with(Fault other) {
        return new Reply(thought, tokensPerSecond, firstToken, other);
    }
}
