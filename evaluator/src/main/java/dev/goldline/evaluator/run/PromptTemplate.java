package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.chat.Message;
import dev.goldline.problemsets.problem.Problem;
import java.util.List;

/**
 * How a problem is put to a model.
 *
 * @param text the user's turn, with {@value #STATEMENT} where the statement goes
 */
public record PromptTemplate(String text) {
    static final String STATEMENT = "{statement}";

    /** The statement and nothing else: for models trained on statements as they are. */
    public static final PromptTemplate PLAIN = new PromptTemplate(STATEMENT);

    public PromptTemplate {
        if (!text.contains(STATEMENT)) {
            throw new IllegalArgumentException("a prompt template must contain " + STATEMENT + ", was '" + text + "'");
        }
    }

    List<Message> messages(Problem problem) {
        return List.of(Message.user(text.replace(STATEMENT, problem.statement())));
    }

    /** Changes when what a model reads could change. */
    String hash() {
        return "sha256:" + Sha256.hex("prompt template v1", text);
    }
}
