package dev.goldline.modelruntime.chat;

/**
 * One thing that happened in a stream. A stream is reasoning deltas, at most one {@link ThoughtClosed}, content deltas,
 * then {@link UsageReport} and {@link Stop}, the last event.
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

    /** Tokens as the model's side counted them. */
    record UsageReport(Usage usage) implements ChatEvent {}

    /**
     * The end.
     *
     * @param reason why
     * @param detail what a person should read beside it; empty where the reason says all
     */
    record Stop(StopReason reason, String detail) implements ChatEvent {}
}
