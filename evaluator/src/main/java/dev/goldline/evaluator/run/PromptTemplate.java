package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.chat.Message;
import dev.goldline.problemsets.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a problem is put to a model.
 *
 * @param text the user's turn, with {@value #STATEMENT} where the statement goes
 */
public record PromptTemplate(String text) {
    static final String STATEMENT = "{statement}";

    /** The statement and nothing else: for models trained on statements as they are. */
    public static final PromptTemplate PLAIN = new PromptTemplate(STATEMENT);

    /** The statement, then what asks for reasoning and a boxed answer: the family's published protocol for mathematics. */
    public static final PromptTemplate BOXED = new PromptTemplate(
            STATEMENT + "\n\nPlease reason step by step, and put your final answer within \\boxed{}.");

    /** The template of that hash, if it is one that comes with Goldline. */
    public static Optional<PromptTemplate> ofHash(String hash) {
        return Stream.of(PLAIN, BOXED)
                .filter(template -> template.hash().equals(hash))
                .findFirst();
    }

    public PromptTemplate {
        if (!text.contains(STATEMENT)) {
            throw new IllegalArgumentException("a prompt template must contain " + STATEMENT + ", was '" + text + "'");
        }
    }

    /** The conversation that puts the problem. */
    public List<Message> messages(Problem problem) {
        return List.of(Message.user(text.replace(STATEMENT, problem.statement())));
    }

    /** Changes when what a model reads could change. */
    public String hash() {
        return "sha256:" + Sha256.hex("prompt template v1", text);
    }
}
