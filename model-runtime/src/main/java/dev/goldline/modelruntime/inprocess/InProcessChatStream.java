package dev.goldline.modelruntime.inprocess;

import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.chat.Usage;
import dev.goldline.modelruntime.tokenizer.TextDecoder;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;

/**
 * One answer as it is computed. Counting: every token drawn or forced is output, the closing token of the thought and
 * the end token included; reasoning is the tokens of the thought without its closing token, so it never passes the
 * thinking budget.
 */
final class InProcessChatStream implements ChatStream {
    private final Generation generation;
    private final TextDecoder decoder;
    private final Set<Integer> endTokens;
    private final int thinkEnd;
    private final int thinkingBudget;
    private final Queue<ChatEvent> ready = new ArrayDeque<>();
    private boolean thinking;
    private int reasoningTokens;
    private boolean stopped;
    private boolean closed;

    InProcessChatStream(
            Generation generation,
            TextDecoder decoder,
            Set<Integer> endTokens,
            int thinkEnd,
            boolean thinking,
            int thinkingBudget) {
        this.generation = generation;
        this.decoder = decoder;
        this.endTokens = endTokens;
        this.thinkEnd = thinkEnd;
        this.thinking = thinking;
        this.thinkingBudget = thinkingBudget;
    }

    @Override
    public ChatEvent next() throws InterruptedException {
        while (true) {
            if (closed) {
                throw new IllegalStateException("the stream was closed");
            }
            ChatEvent event = ready.poll();
            if (event != null) {
                return event;
            }
            if (stopped) {
                throw new IllegalStateException("the stream is over");
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            advance();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            generation.close();
        }
    }

    /** One token further. */
    private void advance() {
        String limit = generation.limitReached();
        if (!limit.isEmpty()) {
            stop(StopReason.LENGTH, thinking ? limit + " while thinking" : limit);
            return;
        }
        if (thinking && reasoningTokens >= thinkingBudget) {
            generation.force(thinkEnd);
            closeThought(true);
            return;
        }
        try {
            accept(generation.draw());
        } catch (RuntimeException e) {
            // A failure of ours, not of the model's answer: the reader learns it from the stream, like any other end.
            stop(StopReason.ERROR, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private void accept(int token) {
        if (endTokens.contains(token)) {
            stop(StopReason.STOP, thinking ? "the model ended inside its thought" : "");
        } else if (thinking && token == thinkEnd) {
            closeThought(false);
        } else {
            if (thinking) {
                reasoningTokens++;
            }
            emit(decoder.push(token), generation.outputTokens());
        }
    }

    private void closeThought(boolean forced) {
        emit(decoder.finish(), generation.outputTokens());
        thinking = false;
        ready.add(new ChatEvent.ThoughtClosed(generation.outputTokens(), forced));
    }

    private void stop(StopReason reason, String detail) {
        emit(decoder.finish(), generation.outputTokens());
        stopped = true;
        ready.add(new ChatEvent.UsageReport(
                new Usage(generation.promptTokens(), 0, generation.outputTokens(), reasoningTokens)));
        ready.add(new ChatEvent.Stop(reason, detail));
        generation.close();
    }

    private void emit(String text, int offset) {
        if (!text.isEmpty()) {
            ready.add(thinking ? new ChatEvent.ReasoningDelta(text, offset) : new ChatEvent.ContentDelta(text, offset));
        }
    }
}
