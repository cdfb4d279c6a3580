package dev.goldline.modelruntime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {
    private static Tokenizer tokenizer;
    private static HuggingFaceTokenizer library;

    @BeforeAll
    static void open() throws IOException {
        tokenizer = TestTokenizers.open();
        library = HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(TestTokenizers.json().getBytes(StandardCharsets.UTF_8)),
                Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
    }

    @AfterAll
    static void close() {
        tokenizer.close();
        library.close();
    }

    @Test
    void any_text_comes_back_as_it_was() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            String text = TestTokenizers.randomText(random);
            assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
            assertThat(tokenizer.decode(tokenizer.encodeWithControls(text))).isEqualTo(text);
        }
    }

    @Test
    void agrees_with_the_library_where_control_tokens_are_meant() {
        Random random = new Random(11);
        for (int i = 0; i < 500; i++) {
            String text = sprinkledWithControls(random);
            assertThat(tokenizer.encodeWithControls(text)).as(text).isEqualTo(libraryIds(text));
        }
    }

    @Test
    void text_cannot_forge_a_control_token() {
        Random random = new Random(13);
        List<Integer> controls = TestTokenizers.ADDED.stream()
                .filter(AddedToken::control)
                .map(token -> tokenizer.addedId(token.text()))
                .toList();
        for (int i = 0; i < 500; i++) {
            String text = sprinkledWithControls(random);
            int[] ids = tokenizer.encode(text);
            assertThat(ids)
                    .as(text)
                    .doesNotContain(controls.stream().mapToInt(c -> c).toArray());
            assertThat(tokenizer.decode(ids)).isEqualTo(text);
        }
    }

    @Test
    void keeps_added_text_whole_even_in_plain_text() {
        assertThat(tokenizer.encode("so \\boxed{7}"))
                .containsSubsequence(tokenizer.addedId("\\boxed{"))
                .endsWith(tokenizer.encode("7}"));
    }

    @Test
    void decodes_like_the_library() {
        Random random = new Random(17);
        for (int i = 0; i < 500; i++) {
            int[] ids =
                    random.ints(random.nextInt(20), 0, tokenizer.vocabSize()).toArray();
            assertThat(tokenizer.decode(ids))
                    .isEqualTo(library.decode(IntStream.of(ids).asLongStream().toArray(), false));
        }
    }

    @Test
    void lone_surrogates_are_encoded_as_the_replacement_character() {
        assertThat(tokenizer.decode(tokenizer.encode("a\uD800b\uDC00"))).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void long_texts_are_not_truncated() {
        String text = "remainder 12 ".repeat(5000);
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
    }

    @Test
    void a_batch_is_the_same_as_one_at_a_time() {
        Random random = new Random(19);
        List<String> texts =
                Stream.generate(() -> sprinkledWithControls(random)).limit(64).toList();
        List<int[]> plain = tokenizer.encodeAll(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(plain.get(i)).isEqualTo(tokenizer.encode(texts.get(i)));
        }
    }

    @Test
    void many_threads_get_the_same_ids() {
        Random random = new Random(23);
        List<String> texts = Stream.generate(() -> TestTokenizers.randomText(random))
                .limit(400)
                .toList();
        List<int[]> expected = texts.stream().map(tokenizer::encode).toList();
        List<int[]> parallel = texts.parallelStream().map(tokenizer::encode).toList();
        for (int i = 0; i < texts.size(); i++) {
            assertThat(parallel.get(i)).isEqualTo(expected.get(i));
        }
    }

    @Test
    void an_unknown_added_token_and_an_unknown_id_are_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer.addedId("<tool>"))
                .withMessageContaining("<tool>");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer.decode(99_999))
                .withMessageContaining("99999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokenizer.decode(-1))
                .withMessageContaining("-1");
    }

    @Test
    void streamed_text_is_the_whole_text_in_whole_characters() {
        Random random = new Random(29);
        for (int i = 0; i < 500; i++) {
            int[] ids = random.nextBoolean()
                    ? tokenizer.encode(TestTokenizers.randomText(random))
                    : random.ints(random.nextInt(20), 0, tokenizer.vocabSize()).toArray();
            TextDecoder decoder = tokenizer.decoder();
            StringBuilder streamed = new StringBuilder();
            for (int id : ids) {
                String more = decoder.push(id);
                assertThat(more.isEmpty() || !Character.isHighSurrogate(more.charAt(more.length() - 1)))
                        .isTrue();
                streamed.append(more);
            }
            assertThat(decoder.tokens()).isEqualTo(ids.length);
            assertThat(streamed.append(decoder.finish())).hasToString(tokenizer.decode(ids));
        }
    }

    @Test
    void a_character_spread_over_tokens_comes_with_the_last_of_them() {
        TextDecoder decoder = tokenizer.decoder();
        int[] ids = tokenizer.encode("🧮");
        assertThat(ids).hasSize(4);
        assertThat(Arrays.stream(ids).mapToObj(decoder::push)).containsExactly("", "", "", "🧮");
    }

    @Test
    void a_decoder_can_be_used_again_after_its_end() {
        TextDecoder decoder = tokenizer.decoder();
        decoder.push(tokenizer.encode("é")[0]);
        assertThat(decoder.finish()).isEqualTo("\uFFFD");
        assertThat(decoder.push(tokenizer.encode("a")[0])).isEqualTo("a");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            "type" : "BPE"                  | "type" : "Unigram"      | model.type is 'Unigram'
            "use_regex" : false\\n  },\\n  "model" | "use_regex" : false\\n  },\\n  "nomodel" | model.vocab is missing
            "id" : 5,                       | "id" : 6,               | gives token '<think>' the id 6, but it already has 5
            "<think>" : 5,                  | "<think>" : 6,          | gives the id 6 to both
            "<think>" : 5,                  | "<think>" : 99999999,   | ids are whole numbers from 0 to 4194304
            "<think>" : 5,                  | "<think>" : -1,         | ids are whole numbers
            "<think>" : 5,                  | "<think>" : "five",     | ids are whole numbers
            "lstrip" : false                | "lstrip" : true         | sets lstrip
            "Ġ" : 42,                       |                         | has no token for byte 32
            "version"                       | "added_tokens"          | Duplicate
            {                               | [                       | not a JSON
            """)
    void refuses_a_damaged_file_and_says_what_is_wrong(String find, String replace, String message, @TempDir Path dir)
            throws IOException {
        String from = find.replace("\\n", "\n");
        assertThat(TestTokenizers.json()).contains(from);
        Path file = dir.resolve("tokenizer.json");
        String to = replace == null ? "" : replace.replace("\\n", "\n");
        Files.writeString(file, TestTokenizers.json().replaceFirst(Pattern.quote(from), to));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.open(file))
                .withMessageContaining("tokenizer.json")
                .withMessageContaining(message);
    }

    @Test
    void refuses_a_merge_of_unknown_tokens() {
        String json = TestTokenizers.json().replaceFirst("\"merges\" : \\[ \"", "\"merges\" : [ \"zz yy\", \"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tokenizer.parse(json, Path.of("tokenizer.json")))
                .withMessageContaining("tokenizer.json: the tokenizer library refused it");
    }

    private static String sprinkledWithControls(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            String token = TestTokenizers.ADDED
                    .get(random.nextInt(TestTokenizers.ADDED.size()))
                    .text();
            text.append(random.nextInt(4) == 0 ? token.substring(0, token.length() / 2) : token);
            text.append(random.nextBoolean() ? TestTokenizers.randomText(random) : " the remainder");
        }
        return text.toString();
    }

    private static int[] libraryIds(String text) {
        return Arrays.stream(library.encode(text).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }
}
