package dev.goldline.modelruntime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TokenizerTrainerTest {
    @Test
    void ids_are_the_added_tokens_then_the_bytes_then_the_merges() {
        try (Tokenizer tokenizer = TestTokenizers.open()) {
            assertThat(tokenizer.vocabSize()).isEqualTo(TestTokenizers.VOCAB_SIZE);
            for (int id = 0; id < TestTokenizers.ADDED.size(); id++) {
                String text = TestTokenizers.ADDED.get(id).text();
                assertThat(tokenizer.addedId(text)).isEqualTo(id);
                assertThat(tokenizer.decode(id)).isEqualTo(text);
            }
            assertThat(tokenizer.encode("A")).containsExactly(TestTokenizers.ADDED.size() + 'A');
            assertThat(tokenizer.encode(" the")).hasSize(1);
            assertThat(tokenizer.encode(" the")[0]).isGreaterThanOrEqualTo(TestTokenizers.ADDED.size() + 256);
        }
    }

    @Test
    void digits_and_punctuation_always_stand_alone() {
        TokenizerTrainer trainer = new TokenizerTrainer(List.of(), 259);
        for (int i = 0; i < 100; i++) {
            trainer.add("sum 11==22 += 11==22 , sum");
        }
        JsonNode model = JsonMapper.builder().build().readTree(trainer.toJson()).path("model");
        assertThat(model.path("merges").values().stream().map(JsonNode::asString))
                .as("only words were merged")
                .containsExactly("s u", "su m", "Ġ sum");
    }

    @Test
    void the_order_of_the_text_does_not_matter() {
        List<String> shuffled = new ArrayList<>(TestTokenizers.SENTENCES);
        Collections.shuffle(shuffled, new Random(3));
        TokenizerTrainer trainer = new TokenizerTrainer(TestTokenizers.ADDED, TestTokenizers.VOCAB_SIZE);
        shuffled.forEach(trainer::add);
        assertThat(trainer.toJson()).isEqualTo(TestTokenizers.json());
    }

    @Test
    void the_words_of_added_tokens_are_not_learned() {
        TokenizerTrainer trainer = new TokenizerTrainer(TestTokenizers.ADDED, TestTokenizers.ADDED.size() + 257);
        for (int i = 0; i < 100; i++) {
            trainer.add("\\boxed{1}<think>");
        }
        trainer.add("ox ox");
        assertThat(JsonMapper.builder()
                        .build()
                        .readTree(trainer.toJson())
                        .at("/model/merges/0")
                        .asString())
                .isEqualTo("o x");
    }

    @Test
    void learns_the_textbook_merges() {
        TokenizerTrainer trainer = new TokenizerTrainer(List.of(), 256 + 3);
        for (String word : List.of(
                "low", "low", "low", "low", "low", "lower", "lower", "newest", "newest", "newest", "newest", "newest",
                "newest", "widest", "widest", "widest")) {
            trainer.add(word);
        }
        assertThat(JsonMapper.builder().build().readTree(trainer.toJson()).at("/model/merges").values().stream()
                        .map(JsonNode::asString))
                .containsExactly("e s", "es t", "l o");
    }

    @Test
    void refuses_too_little_text_for_the_size_asked() {
        TokenizerTrainer trainer = new TokenizerTrainer(List.of(), 512);
        trainer.add("once twice");
        assertThatIllegalArgumentException()
                .isThrownBy(trainer::toJson)
                .withMessageContaining("256 merges")
                .withMessageContaining("512");
    }

    @Test
    void refuses_a_size_that_cannot_hold_all_bytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenizerTrainer(TestTokenizers.ADDED, 265))
                .withMessage("a vocabulary of 265 cannot hold 10 added tokens and 256 bytes");
    }

    @Test
    void refuses_added_tokens_that_text_has_anyway() {
        for (String text : List.of("word", " word", "7")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new TokenizerTrainer(List.of(AddedToken.text(text)), 512))
                    .withMessageContaining(text);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new TokenizerTrainer(List.of(AddedToken.control("<a>"), AddedToken.control("<a>")), 512))
                .withMessageContaining("given twice");
    }
}
