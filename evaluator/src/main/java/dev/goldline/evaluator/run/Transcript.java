package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.chat.Usage;
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
    private @Nullable StopReason stopReason;
    private String stopDetail = "";

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
            case ChatEvent.Stop stop -> {
                stopReason = stop.reason();
                stopDetail = stop.detail();
            }
        }
    }

    /** Why it ended; empty while it has not. */
    Optional<StopReason> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    String stopDetail() {
        return stopDetail;
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

    Optional<TokenUsage> reported() {
        return Optional.ofNullable(usage)
                .map(tokens -> new TokenUsage(tokens.prompt(), tokens.cached(), tokens.output(), tokens.reasoning()));
    }

    /** By the offsets of what was streamed; the prompt is as reported, for nothing of it is streamed. */
    Optional<TokenUsage> counted() {
        return Optional.ofNullable(usage)
                .map(tokens -> new TokenUsage(
                        tokens.prompt(), OptionalLong.empty(), lastOffset, OptionalLong.of(lastReasoningOffset)));
    }
}
