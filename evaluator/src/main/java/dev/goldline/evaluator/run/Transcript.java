package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.chat.AnswerPrefix;
import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ModelFailure;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.chat.Usage;
import dev.goldline.reports.runlog.LostWork;
import dev.goldline.reports.runlog.PartialStreams;
import dev.goldline.reports.runlog.ThoughtClosed;
import dev.goldline.reports.runlog.TokenText;
import dev.goldline.reports.runlog.TokenUsage;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What came of a stream so far. Used by one thread. */
final class Transcript {
    private final TokenText.Builder reasoning = TokenText.builder();
    private final TokenText.Builder content = TokenText.builder();
    private int lastOffset;
    private int lastReasoningOffset;
    private @Nullable ThoughtClosed thoughtClosed;
    private @Nullable Usage usage;
    private ChatEvent.@Nullable Stop stop;
    /** Whether some of it came of an earlier stream, whose usage the last one does not tell. */
    private boolean continued;

    /** What an earlier sitting left, to go on from. */
    static Transcript from(PartialStreams.Left left) {
        Transcript transcript = new Transcript();
        left.reasoning().forEach((piece, offset) -> transcript.add(new ChatEvent.ReasoningDelta(piece, offset)));
        left.thoughtClosed()
                .ifPresent(closed ->
                        transcript.add(new ChatEvent.ThoughtClosed(Math.toIntExact(closed.offset()), closed.forced())));
        left.content().forEach((piece, offset) -> transcript.add(new ChatEvent.ContentDelta(piece, offset)));
        transcript.continued = true;
        return transcript;
    }

    void add(ChatEvent event) {
        switch (event) {
            case ChatEvent.ReasoningDelta delta -> {
                reasoning.append(delta.text(), delta.offset());
                lastReasoningOffset = delta.offset();
                lastOffset = delta.offset();
            }
            case ChatEvent.ThoughtClosed closed -> {
                thoughtClosed = new ThoughtClosed(closed.offset(), closed.forced());
                lastReasoningOffset = closed.offset();
                lastOffset = closed.offset();
            }
            case ChatEvent.ContentDelta delta -> {
                content.append(delta.text(), delta.offset());
                lastOffset = delta.offset();
            }
            case ChatEvent.ToolCallDelta delta -> lastOffset = delta.offset();
            case ChatEvent.UsageReport report -> usage = report.usage();
            case ChatEvent.Stop last -> stop = last;
        }
    }

    /** Output tokens so far. */
    int offset() {
        return lastOffset;
    }

    /** How it ended; empty while it has not. */
    Optional<ChatEvent.Stop> stop() {
        return Optional.ofNullable(stop);
    }

    /** Ends it for a reason of ours. */
    void cut(StopReason reason, String detail) {
        stop = new ChatEvent.Stop(reason, detail);
    }

    /** What the stream broke by, where somebody said. */
    Optional<ModelFailure> failure() {
        return stop().filter(end -> end.reason() == StopReason.ERROR || end.reason() == StopReason.STALL)
                .flatMap(ChatEvent.Stop::failure);
    }

    /** Forgets the end, so that another stream may go on from here. */
    void reopen() {
        stop = null;
        usage = null;
        continued = true;
    }

    AnswerPrefix prefix() {
        return new AnswerPrefix(
                reasoning().text(), thoughtClosed != null, content().text(), lastOffset);
    }

    /** All of it as work lost. */
    LostWork asLost(String cause) {
        if (lastOffset == 0 && usage == null) {
            return LostWork.turnedAway(cause);
        }
        OptionalLong prompt = usage == null ? OptionalLong.empty() : OptionalLong.of(usage.prompt());
        return new LostWork(cause, 1, prompt, lastOffset, OptionalLong.of(lastReasoningOffset));
    }

    TokenText reasoning() {
        return reasoning.build();
    }

    TokenText content() {
        return content.build();
    }

    Optional<ThoughtClosed> thoughtClosed() {
        return Optional.ofNullable(thoughtClosed);
    }

    /** Of an answer that several streams made, nobody reported the whole. */
    Optional<TokenUsage> reported() {
        return Optional.ofNullable(usage)
                .filter(tokens -> !continued)
                .map(tokens -> new TokenUsage(tokens.prompt(), tokens.cached(), tokens.output(), tokens.reasoning()));
    }

    /** By the offsets of what was streamed; the prompt is as reported, for nothing of it is streamed. */
    Optional<TokenUsage> counted() {
        if (usage == null && lastOffset == 0) {
            return Optional.empty();
        }
        OptionalLong prompt = usage == null || continued ? OptionalLong.empty() : OptionalLong.of(usage.prompt());
        return Optional.of(
                new TokenUsage(prompt, OptionalLong.empty(), lastOffset, OptionalLong.of(lastReasoningOffset)));
    }
}
