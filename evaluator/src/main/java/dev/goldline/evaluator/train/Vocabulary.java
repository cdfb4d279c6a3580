package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.Models;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.encoding.V32Encoding;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.modelruntime.tokenizer.AddedToken;
import dev.goldline.modelruntime.tokenizer.TokenizerTrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The words a model is trained with: control tokens of the layout, a token for each mode as the bundled model's profile
 * asks for it, the opening of an answer, and what a tokenizer learns from the documents.
 */
final class Vocabulary {
    /** How many tokens {@link #addedTokens} has. */
    static final int ADDED_TOKENS = V32Encoding.CONTROL_TOKENS.size() + 3;

    private static final String ANSWER = "\\boxed{";

    private Vocabulary() {}

    /** The profile whose modes a trained model is asked for in. */
    static ModelProfile profile() {
        try {
            return Models.profile("bundled");
        } catch (IOException e) {
            throw new IllegalStateException("the bundled profile cannot be read", e);
        }
    }

    /** Tokens that no text is split into, ids from 0. */
    static List<AddedToken> addedTokens() {
        List<AddedToken> added = new ArrayList<>();
        V32Encoding.CONTROL_TOKENS.forEach(token -> added.add(AddedToken.control(token)));
        ModelProfile profile = profile();
        Arrays.stream(Mode.values())
                .map(mode -> profile.mode(mode).systemPrefix())
                .filter(prefix -> !prefix.isEmpty())
                .forEach(prefix -> added.add(AddedToken.control(prefix)));
        added.add(AddedToken.text(ANSWER));
        return added;
    }

    /** Learns a tokenizer from a recipe's first documents and writes it; the file is whole or not there. */
    static void learn(RecipeFile recipe, Path json) throws IOException {
        TokenizerTrainer trainer =
                new TokenizerTrainer(addedTokens(), recipe.config().vocabSize());
        for (int i = 0; i < recipe.tokenizerDocuments(); i++) {
            trainer.add(MicroMathDocuments.text(recipe.curriculum(), i));
        }
        Path next = json.resolveSibling("tokenizer.json.next");
        trainer.write(next);
        Files.move(next, json, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
