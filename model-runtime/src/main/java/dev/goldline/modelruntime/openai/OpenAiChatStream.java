package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.ModelFailure;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.chat.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One answer, of one request or, with raw completions and a thinking budget, of several. */
final class OpenAiChatStream implements ChatStream {
    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final Asker asker;
    private final ChatRequest request;
    private final RequestBodies bodies;
    /** Null where the endpoint lays the conversation out. */
    private final @Nullable Continuation continuation;

    private final OptionalInt thinkingBudget;
    private final boolean opensInThought;
    private final Answer answer;
    private final ChunkReader chunks = new ChunkReader();
    private ThoughtSplitter splitter;
    private @Nullable Exchange exchange;
    private int offsetBefore;
    private int maxTokens;
    private int pieces;
    private String finishReason = "";
    private @Nullable Usage usage;
    private String lastId = "";
    private boolean closed;

    OpenAiChatStream(
            Asker asker,
            ChatRequest request,
            RequestBodies bodies,
            @Nullable Continuation continuation,
            boolean opensInThought) {
        this.asker = asker;
        this.request = request;
        this.bodies = bodies;
        this.continuation = continuation;
        boolean mayThink = request.mode() != Mode.NON_THINKING;
        this.thinkingBudget = mayThink ? request.thinkingBudget() : OptionalInt.empty();
        this.opensInThought = mayThink && opensInThought;
        LoopDetector loop = new LoopDetector(asker.limits().loopCharacters());
        request.prefix().ifPresent(begun -> {
            loop.append(begun.reasoning());
            loop.append(begun.content());
        });
        boolean thoughtClosed =
                request.prefix().map(begun -> begun.thoughtClosed()).orElse(false);
        this.answer = new Answer(
                loop,
                mayThink,
                continuation == null ? thinkingBudget.orElse(Integer.MAX_VALUE) : Integer.MAX_VALUE,
                request.prefix().map(begun -> begun.tokens()).orElse(0),
                this.opensInThought,
                thoughtClosed);
        this.splitter = newSplitter();
    }

    @Override
    public ChatEvent next() throws InterruptedException {
        while (true) {
            if (closed) {
                throw new IllegalStateException("the stream was closed");
            }
            ChatEvent event = answer.poll();
            if (event != null) {
                return event;
            }
            if (answer.isStopped()) {
                throw new IllegalStateException("the stream is over");
            }
            advance();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            hangUp();
        }
    }

    private void advance() throws InterruptedException {
        try {
            Exchange current = exchange;
            if (current == null) {
                begin();
            } else if (!current.next()) {
                endOfStream();
            } else if (current.event().dataIs(DONE)) {
                endOfRequest("the stream says that it is done, but not why");
            } else {
                event(current);
            }
        } catch (ExchangeFailedException e) {
            fail(e.failure());
        }
    }

    private void begin() {
        offsetBefore = answer.offset();
        byte[] body;
        if (continuation == null) {
            maxTokens = request.maxOutputTokens();
            body = bodies.chat(request);
        } else {
            if (answer.isThinking()
                    && thinkingBudget.isPresent()
                    && answer.offset() >= thinkingBudget.getAsInt()
                    && answer.offset() < request.maxOutputTokens()) {
                continuation.closeThought();
                answer.forceThoughtClosed();
                splitter = newSplitter();
                offsetBefore = answer.offset();
            }
            maxTokens = continuation.maxTokens(answer.offset(), answer.isThinking());
            if (maxTokens < 1) {
                stop(StopReason.LENGTH, "the limit of " + request.maxOutputTokens() + " output tokens was reached");
                return;
            }
            body = bodies.completion(request, continuation.prompt(), maxTokens);
        }
        pieces = 0;
        usage = null;
        finishReason = "";
        lastId = "";
        exchange = asker.ask(body);
    }

    private void event(Exchange current) throws ExchangeFailedException {
        SseReader event = current.event();
        String id = event.id();
        if (!id.isEmpty()) {
            if (id.equals(lastId)) {
                answer.repeatedPiece();
                return;
            }
            lastId = id;
        }
        Chunk chunk;
        try {
            chunk = chunks.read(event.data(), event.dataStart(), event.dataEnd());
        } catch (JacksonException e) {
            throw notAChunk(event, e);
        }
        if (chunk.error != null) {
            throw new ExchangeFailedException(asker.failures().midStream(chunk.error));
        }
        if (event.isError()) {
            throw new ExchangeFailedException(asker.failures()
                    .midStream(ErrorBody.of(new String(
                            event.data(),
                            event.dataStart(),
                            event.dataEnd() - event.dataStart(),
                            StandardCharsets.UTF_8))));
        }
        count(chunk);
        if (chunk.hasOutput()) {
            current.tokenCame();
            output(chunk);
        }
        if (!chunk.finishReason.isEmpty()) {
            finishReason = chunk.finishReason;
        }
    }

    private ExchangeFailedException notAChunk(SseReader event, JacksonException e) {
        if (event.isError()) {
            String text = new String(
                    event.data(), event.dataStart(), event.dataEnd() - event.dataStart(), StandardCharsets.UTF_8);
            return new ExchangeFailedException(asker.failures().midStream(ErrorBody.of(text)));
        }
        return new ExchangeFailedException(asker.failures().garbage(e.getOriginalMessage()));
    }

    /** Counts before the text is told, so that the text's offset includes it. */
    private void count(Chunk chunk) {
        if (!chunk.badUsage.isEmpty()) {
            answer.remark("the endpoint's token counts contradict each other: " + chunk.badUsage);
            usage = null;
        }
        if (chunk.usage != null) {
            usage = chunk.usage;
        }
        if (chunk.hasOutput()) {
            pieces++;
            answer.countTo(
                    chunk.usage == null
                            ? answer.offset() + 1
                            : Math.max(answer.offset() + 1, bounded(offsetBefore + chunk.usage.output())));
        }
    }

    private void output(Chunk chunk) {
        if (isPastOutputLimit()) {
            return;
        }
        if (!chunk.reasoning.isEmpty()) {
            splitter.answerBegins();
            answer.thought(chunk.reasoning);
        }
        if (!chunk.content.isEmpty()) {
            if (answer.isThinking() && continuation == null && !opensInThought && splitter.isPassive()) {
                answer.thoughtClosed();
            }
            if (continuation != null) {
                continuation.came(chunk.content);
            }
            splitter.accept(chunk.content);
        }
        for (Chunk.ToolPart part : chunk.toolParts) {
            if (answer.isThinking()) {
                splitter.answerBegins();
                answer.thoughtClosed();
            }
            answer.toolPart(part);
        }
        if (answer.hasStrayThought()) {
            fail(asker.failures()
                    .garbage("a thought ended in the answer that never began there; set 'thought: open' in the"
                            + " profile, or let the server part the thought from the answer"));
        } else if (answer.isPastBudget()) {
            stop(
                    StopReason.BUDGET,
                    "the thought passed its budget of " + thinkingBudget.orElse(0)
                            + " tokens, and api: chat cannot close it");
        } else if (answer.isLooping()) {
            stop(
                    StopReason.LOOP,
                    "the last characters repeat with a period of " + answer.loopPeriod()
                            + (answer.isThinking() ? ", in the thought" : ", in the answer"));
        }
    }

    /** The endpoint was asked to keep the limit. The piece that passes it is not told. */
    private boolean isPastOutputLimit() {
        if (answer.offset() - offsetBefore > maxTokens) {
            stop(StopReason.LENGTH, "the endpoint sent more than the " + maxTokens + " tokens it was asked for");
            return true;
        }
        return false;
    }

    private void endOfStream() throws ExchangeFailedException {
        endOfRequest("it ended before the answer did");
    }

    private void endOfRequest(String ifNoReason) throws ExchangeFailedException {
        if (finishReason.isEmpty()) {
            throw new ExchangeFailedException(asker.failures().cut(ifNoReason));
        }
        if (exchange != null) {
            exchange.release();
            exchange = null;
        }
        answer.requestEnded(usage, pieces);
        if (usage != null) {
            answer.countTo(Math.min(bounded(offsetBefore + usage.output()), offsetBefore + maxTokens));
        }
        switch (finishReason) {
            case "stop", "eos", "eos_token", "stop_sequence" -> {
                splitter.finish();
                answer.stop(
                        StopReason.STOP,
                        answer.isThinking() ? "the model ended inside its thought" : "",
                        Optional.empty());
            }
            case "length" -> length();
            case "tool_calls", "function_call" -> {
                splitter.finish();
                answer.stop(StopReason.STOP, "the model calls tools", Optional.empty());
            }
            case "content_filter" -> fail(asker.failures().filtered());
            case "insufficient_system_resource" -> fail(asker.failures().overloadedMidStream(finishReason));
            default -> fail(asker.failures().abandoned(finishReason));
        }
    }

    private void length() {
        if (continuation != null && maxTokens < request.maxOutputTokens() - offsetBefore) {
            // The request ended at the thinking budget, not at the output limit: go on.
            answer.countTo(offsetBefore + maxTokens);
            if (answer.isThinking()) {
                splitter.finish();
            }
            return;
        }
        splitter.finish();
        answer.stop(StopReason.LENGTH, answer.isThinking() ? "while thinking" : "", Optional.empty());
    }

    private void stop(StopReason reason, String detail) {
        hangUp();
        splitter.finish();
        answer.stop(reason, detail, Optional.empty());
    }

    private void fail(ModelFailure failure) {
        hangUp();
        splitter.finish();
        boolean silent = failure instanceof ModelFailure.TimedOut timedOut
                && timedOut.limit() != ModelFailure.TimedOut.Limit.CONNECT;
        answer.stop(silent ? StopReason.STALL : StopReason.ERROR, failure.message(), Optional.of(failure));
    }

    private void hangUp() {
        Exchange current = exchange;
        if (current != null) {
            current.close();
        }
    }

    private ThoughtSplitter newSplitter() {
        ThoughtSplitter fresh = new ThoughtSplitter(answer, opensInThought && !answer.isThoughtClosed());
        if (answer.isThoughtClosed() || (continuation != null && !opensInThought)) {
            fresh.answerBegins();
        }
        return fresh;
    }

    private static int bounded(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE);
    }
}
