package dev.goldline.evaluator.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.modelruntime.chat.Message;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.encoding.V32Encoding;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.modelruntime.tokenizer.Tokenizer;
import dev.goldline.modelruntime.training.TrainingDocument;
import dev.goldline.problemsets.micromath.Family;
import dev.goldline.problemsets.micromath.MicroMath;
import dev.goldline.problemsets.micromath.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicroMathDocumentsTest {
    private static final int DOCUMENTS = 300;
    private static final ModelProfile PROFILE = Vocabulary.profile();

    @TempDir
    static Path folder;

    private static Tokenizer tokenizer;
    private static RecipeFile recipe;

    @BeforeAll
    static void learn_a_tokenizer() throws IOException {
        recipe = RecipeFile.read(TestRecipe.write(folder));
        Vocabulary.learn(recipe, folder.resolve("tokenizer.json"));
        tokenizer = Tokenizer.open(folder.resolve("tokenizer.json"));
    }

    @AfterAll
    static void close_it() {
        tokenizer.close();
    }

    private static Curriculum only(Mode mode, double slips) {
        return new Curriculum(
                5,
                Map.of(Family.REMAINDER, 1.0, Family.SERIES, 1.0),
                List.of(1.0, 1.0, 1.0, 0.0, 0.0),
                Map.of(mode, 1.0),
                slips);
    }

    private static MicroMathDocuments documents(Curriculum curriculum) {
        return new MicroMathDocuments(curriculum, tokenizer, PROFILE);
    }

    private static int answerStart(TrainingDocument document) {
        int assistant = tokenizer.addedId(V32Encoding.ASSISTANT);
        for (int i = 0; i < document.length(); i++) {
            if (document.ids()[i] == assistant) {
                return i + 2; // <think> or </think> belongs to the prompt
            }
        }
        throw new AssertionError("no answer in the document");
    }

    private static String said(TrainingDocument document, int from) {
        return tokenizer.decode(Arrays.copyOfRange(document.ids(), from, document.length()));
    }

    @Test
    void the_prompt_is_never_learned_and_the_end_always_is() {
        for (Mode mode : Mode.values()) {
            MicroMathDocuments documents = documents(only(mode, 0.5));
            for (int i = 0; i < 50; i++) {
                TrainingDocument document = documents.document(i);
                for (int t = 0; t < answerStart(document); t++) {
                    assertThat(document.learned()[t]).isFalse();
                }
                int last = document.length() - 1;
                assertThat(document.ids()[last]).isEqualTo(tokenizer.addedId(V32Encoding.END));
                assertThat(document.learned()[last]).isTrue();
            }
        }
    }

    @Test
    void the_prompt_is_what_the_model_is_asked_with() {
        for (Mode mode : Mode.values()) {
            TrainingDocument document = documents(only(mode, 0)).document(7);
            int[] prompt = Arrays.copyOf(document.ids(), answerStart(document));
            String text = tokenizer.decode(prompt);
            String statement = text.substring(
                    text.indexOf(V32Encoding.USER) + V32Encoding.USER.length(), text.indexOf(V32Encoding.ASSISTANT));
            assertThat(prompt)
                    .isEqualTo(V32Encoding.prompt(
                                    List.of(Message.user(statement)),
                                    mode != Mode.NON_THINKING,
                                    PROFILE.mode(mode).systemPrefix())
                            .encode(tokenizer));
            assertThat(text).startsWith(V32Encoding.BEGIN + PROFILE.mode(mode).systemPrefix() + V32Encoding.USER);
        }
    }

    @Test
    void each_mode_has_its_own_token_and_shows_its_own_length_of_thought() {
        int shorter = 0;
        for (int i = 0; i < 50; i++) {
            TrainingDocument brief = documents(only(Mode.STANDARD, 0)).document(i);
            TrainingDocument checked = documents(only(Mode.SPECIALE, 0)).document(i);
            TrainingDocument none = documents(only(Mode.NON_THINKING, 0)).document(i);
            assertThat(brief.ids()[1])
                    .isEqualTo(tokenizer.addedId(PROFILE.mode(Mode.STANDARD).systemPrefix()));
            assertThat(checked.ids()[1])
                    .isEqualTo(tokenizer.addedId(PROFILE.mode(Mode.SPECIALE).systemPrefix()));
            assertThat(said(checked, 0)).contains("check").endsWith("}" + V32Encoding.END);
            assertThat(said(none, answerStart(none))).startsWith("\\boxed{");
            shorter += brief.length() < checked.length() ? 1 : 0;
        }
        assertThat(shorter).isEqualTo(50);
    }

    @Test
    void of_a_thought_without_a_slip_everything_is_learned() {
        MicroMathDocuments documents = documents(only(Mode.SPECIALE, 0));
        for (int i = 0; i < 50; i++) {
            TrainingDocument document = documents.document(i);
            for (int t = answerStart(document); t < document.length(); t++) {
                assertThat(document.learned()[t]).isTrue();
            }
        }
    }

    @Test
    void of_a_thought_with_a_slip_the_wrong_digit_alone_is_not_learned() {
        MicroMathDocuments documents = documents(only(Mode.SPECIALE, 1));
        for (int i = 0; i < 50; i++) {
            TrainingDocument document = documents.document(i);
            int[] left = new int[document.length()];
            int count = 0;
            for (int t = answerStart(document); t < document.length(); t++) {
                if (!document.learned()[t]) {
                    left[count++] = document.ids()[t];
                }
            }
            assertThat(tokenizer.decode(Arrays.copyOf(left, count)))
                    .as("document %d", i)
                    .matches("[0-9]");
            assertThat(said(document, answerStart(document))).contains("again");
        }
    }

    @Test
    void a_document_is_a_function_of_its_number_and_the_curriculum() {
        MicroMathDocuments first = documents(recipe.curriculum());
        MicroMathDocuments second = documents(recipe.curriculum());
        for (int i = DOCUMENTS - 1; i >= 0; i -= 7) {
            assertThat(second.document(i).ids()).isEqualTo(first.document(i).ids());
            assertThat(second.document(i).learned()).isEqualTo(first.document(i).learned());
        }
        assertThat(first.fingerprint())
                .isEqualTo(second.fingerprint())
                .isNotEqualTo(documents(only(Mode.STANDARD, 0)).fingerprint());
    }

    @Test
    void no_problem_of_the_evaluation_split_is_shown() {
        Set<String> held = new HashSet<>();
        for (int level = 1; level <= 3; level++) {
            for (int i = 0; i < DOCUMENTS; i++) {
                for (Family family : recipe.curriculum().families().keySet()) {
                    held.add(MicroMath.problem(family, level, Split.EVALUATION, 5, i)
                            .problem()
                            .statement());
                }
            }
        }
        MicroMathDocuments documents = documents(recipe.curriculum());
        for (int i = 0; i < DOCUMENTS; i++) {
            String text = said(documents.document(i), 0);
            String statement = text.substring(
                    text.indexOf(V32Encoding.USER) + V32Encoding.USER.length(), text.indexOf(V32Encoding.ASSISTANT));
            assertThat(held).doesNotContain(statement);
        }
    }

    @Test
    void shares_decide_what_is_shown_and_a_share_of_zero_is_never_drawn() {
        Curriculum mostlyStandard = new Curriculum(
                5,
                Map.of(Family.REMAINDER, 1.0),
                List.of(0.0, 1.0, 0.0, 0.0, 0.0),
                Map.of(Mode.NON_THINKING, 0.0, Mode.STANDARD, 3.0, Mode.SPECIALE, 1.0),
                0);
        int standard = tokenizer.addedId(PROFILE.mode(Mode.STANDARD).systemPrefix());
        int speciale = tokenizer.addedId(PROFILE.mode(Mode.SPECIALE).systemPrefix());
        MicroMathDocuments documents = documents(mostlyStandard);
        int shown = 0;
        for (int i = 0; i < 400; i++) {
            int mode = documents.document(i).ids()[1];
            assertThat(mode).isIn(standard, speciale);
            shown += mode == standard ? 1 : 0;
        }
        assertThat(shown).isBetween(265, 335); // 300, four deviations of 8.7
    }
}
