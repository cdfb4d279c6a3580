package dev.goldline.modelruntime.inprocess;

import dev.goldline.modelruntime.inference.CausalSequence;
import dev.goldline.modelruntime.sampling.Sampler;
import java.util.Arrays;

/**
 * The tokens of one answer, one after another. Tokens given or drawn wait until the next one must be drawn, so that
 * nothing is computed that is not needed.
 */
final class Generation implements AutoCloseable {
    private final CausalSequence sequence;
    private final Sampler sampler;
    private final int promptTokens;
    private final int contextWindow;
    private final int maxOutputTokens;
    private int[] waiting;
    private int outputTokens;
    private boolean closed;

    Generation(CausalSequence sequence, Sampler sampler, int[] prompt, int contextWindow, int maxOutputTokens) {
        this.sequence = sequence;
        this.sampler = sampler;
        this.promptTokens = prompt.length;
        this.contextWindow = contextWindow;
        this.maxOutputTokens = maxOutputTokens;
        this.waiting = prompt;
    }

    int promptTokens() {
        return promptTokens;
    }

    /** Tokens drawn and forced so far. */
    int outputTokens() {
        return outputTokens;
    }

    /** Which limit forbids another token; empty if none does. */
    String limitReached() {
        if (outputTokens >= maxOutputTokens) {
            return "the limit of " + maxOutputTokens + " output tokens was reached";
        }
        if (promptTokens + outputTokens >= contextWindow) {
            return "the context window of " + contextWindow + " tokens is full";
        }
        return "";
    }

    /** Draws the next token. */
    int draw() {
        int token = sampler.next(sequence.append(waiting));
        waiting = new int[] {token};
        outputTokens++;
        return token;
    }

    /** Puts a token after the last one without asking the model. */
    void force(int token) {
        waiting = Arrays.copyOf(waiting, waiting.length + 1);
        waiting[waiting.length - 1] = token;
        outputTokens++;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            sequence.close();
        }
    }
}
