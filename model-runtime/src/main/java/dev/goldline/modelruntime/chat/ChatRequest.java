package dev.goldline.modelruntime.chat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is asked of a model.
 *
 * @param messages the conversation, oldest first; the last turn is the user's
 * @param mode how the model may think
 * @param sampling how tokens are drawn
 * @param maxOutputTokens most tokens of thought and answer together; reaching it ends the stream with {@link
 *     StopReason#LENGTH}
 * @param thinkingBudget most tokens of thought; at that count the runtime closes the thought and the answer follows, or,
 *     where it cannot, ends the stream with {@link StopReason#BUDGET}. Empty: the thought may take all output tokens
 * @param prefix the beginning of the answer, to go on from; only for models that {@link ChatModel#continuesAnswers}.
 *     Its tokens count against both limits
 */
public record ChatRequest(
        List<Message> messages,
        Mode mode,
        Sampling sampling,
        int maxOutputTokens,
        OptionalInt thinkingBudget,
        Optional<AnswerPrefix> prefix) {
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

    /** Asks for an answer from its beginning. */
    public ChatRequest(
            List<Message> messages, Mode mode, Sampling sampling, int maxOutputTokens, OptionalInt thinkingBudget) {
        this(messages, mode, sampling, maxOutputTokens, thinkingBudget, Optional.empty());
    }

    /** The same request, going on from the beginning of an answer. */
    public ChatRequest from(AnswerPrefix begun) {
        return new ChatRequest(messages, mode, sampling, maxOutputTokens, thinkingBudget, Optional.of(begun));
    }
}
