package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.AnswerPrefix;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.encoding.Prompt;
import dev.goldline.modelruntime.encoding.V32Encoding;
import dev.goldline.modelruntime.profile.ModeProfile;
import java.util.OptionalInt;

/**
 * The raw prompts of one answer: the conversation as the V3.2 family lays it out, followed by all of the answer that is
 * there. An answer with a thinking budget takes two requests: one that ends at the budget at the latest, and one that goes
 * on, with the thought closed if the model had not closed it.
 */
final class Continuation {
    private final ChatRequest request;
    private final String conversation;
    private final StringBuilder answer = new StringBuilder();
    private final boolean keepsAnswer;

    /** @throws IllegalArgumentException if something that was said would act as a control token */
    Continuation(ChatRequest request, ModeProfile mode) {
        this.request = request;
        boolean thinking = request.mode() != Mode.NON_THINKING;
        Prompt prompt = V32Encoding.prompt(request.messages(), thinking, mode.systemPrefix());
        prompt.parts().forEach(Continuation::check);
        this.conversation = prompt.render();
        this.keepsAnswer = thinking && request.thinkingBudget().isPresent();
        request.prefix().ifPresent(this::begin);
    }

    private void begin(AnswerPrefix prefix) {
        check(new Prompt.Said(prefix.reasoning()));
        check(new Prompt.Said(prefix.content()));
        if (request.mode() != Mode.NON_THINKING) {
            answer.append(prefix.reasoning());
            if (prefix.thoughtClosed()) {
                answer.append(V32Encoding.THINK_END);
            }
        }
        answer.append(prefix.content());
    }

    String prompt() {
        return answer.isEmpty() ? conversation : conversation + answer;
    }

    /** Remembers what came, if a further request may need it. */
    void came(String text) {
        if (keepsAnswer) {
            answer.append(text);
        }
    }

    void closeThought() {
        answer.append(V32Encoding.THINK_END);
    }

    /**
     * Most tokens of the next request.
     *
     * @param offset tokens of the answer so far
     */
    int maxTokens(int offset, boolean thinking) {
        int left = request.maxOutputTokens() - offset;
        OptionalInt budget = request.thinkingBudget();
        return thinking && budget.isPresent() ? Math.min(left, budget.getAsInt() - offset) : left;
    }

    private static void check(Prompt.Part part) {
        if (part instanceof Prompt.Said said) {
            for (String token : V32Encoding.CONTROL_TOKENS) {
                if (said.text().contains(token)) {
                    throw new IllegalArgumentException("the conversation contains '" + token
                            + "', which would act as a control token in a raw prompt; use a profile with api: chat");
                }
            }
        }
    }
}
