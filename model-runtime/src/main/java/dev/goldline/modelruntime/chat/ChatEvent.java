package dev.goldline.modelruntime.chat;

import java.util.Optional;

/**
 * One thing that happened in a stream. A stream is reasoning deltas, at most one {@link ThoughtClosed}, content and tool
 * call deltas, then {@link UsageReport} if the model's side counted, and {@link Stop}, the last event.
 *
 * <p>Offsets count output tokens. Over HTTP they are what the endpoint says it has produced so far, where it says so in
 * the middle of a stream, and otherwise the pieces it sent, which are single tokens on most servers.
 */
public sealed interface ChatEvent {
    /**
     * More of the thought.
     *
     * @param text never empty; whole characters only
     * @param offset output tokens produced when this text was complete, counted from the start of the answer
     */
    record ReasoningDelta(String text, int offset) implements ChatEvent {}

    /**
     * The thought ended and the answer begins.
     *
     * @param offset output tokens produced so far, the closing token included
     * @param forced true if the thinking budget closed it, false if the model did
     */
    record ThoughtClosed(int offset, boolean forced) implements ChatEvent {}

    /**
     * More of the answer.
     *
     * @param text never empty; whole characters only
     * @param offset output tokens produced when this text was complete, the thought's included
     */
    record ContentDelta(String text, int offset) implements ChatEvent {}

    /**
     * More of a call to a tool. The parts of one index, put together, are one call.
     *
     * @param index which call of this answer, from 0
     * @param id the call's id; empty in all parts but its first
     * @param name the tool; empty in all parts but the first
     * @param arguments more of the JSON text of the arguments; may be empty
     * @param offset output tokens produced when this part was complete
     */
    record ToolCallDelta(int index, String id, String name, String arguments, int offset) implements ChatEvent {}

    /** Tokens as the model's side counted them. Left out where it did not. */
    record UsageReport(Usage usage) implements ChatEvent {}

    /**
     * The end.
     *
     * @param reason why
     * @param detail what a person should read beside it; empty where the reason says all
     * @param failure what went wrong where it was not the model's doing: with {@link StopReason#ERROR} and {@link
     *     StopReason#STALL} over HTTP, never otherwise
     */
    record Stop(StopReason reason, String detail, Optional<ModelFailure> failure) implements ChatEvent {
        public Stop(StopReason reason, String detail) {
            this(reason, detail, Optional.empty());
        }
    }
}
