package dev.goldline.modelruntime.chat;

import java.util.List;
import java.util.OptionalInt;

/**
 * What is asked of a model.
 *
 * @param messages the conversation, oldest first; the last turn is the user's
 * @param mode how the model may think
 * @param sampling how tokens are drawn
 * @param maxOutputTokens most tokens of thought and answer together; reaching it ends the stream with {@link
 *     StopReason#LENGTH}
 * @param thinkingBudget most tokens of thought; at that count the runtime closes the thought and the answer follows.
 *     Empty: the thought may take all output tokens
 */
public record ChatRequest(
        List<Message> messages, Mode mode, Sampling sampling, int maxOutputTokens, OptionalInt thinkingBudget) {
    public ChatRequest {
        messages = List.copyOf(messages);
        if (messages.isEmpty() || messages.getLast().role() != Message.Role.USER) {
            throw new IllegalArgumentException("a request ends with a user's turn");
        }
        if (maxOutputTokens < 1) {
            throw new IllegalArgumentException("max output tokens must be 1 or more, was " + maxOutputTokens);
        }
        if (thinkingBudget.isPresent() && thinkingBudget.getAsInt() < 0) {
            throw new IllegalArgumentException("thinking budget must be 0 or more, was " + thinkingBudget.getAsInt());
        }
    }
}
