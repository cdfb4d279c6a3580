package dev.goldline.problemsets.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.goldline.problemsets.problem.MathAnswerProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemSetReaderTest {
    private static final String SET = """
            format: "1"
            name: good
            licence: CC0-1.0
            source: us
            language: en
            scale:
              points: 7
              medals: {bronze: 5, gold: 10.5}
            """;
    private static final String PROBLEMS = """
            {"id":"a","track":"math-answer","statement":"1+1?","answer":"2","points":3.5,"family":"sums","tags":{"year":"2025","by":"us"}}
            {"answer":"3","statement":"1+2?","track":"math-answer","id":"b"}""";

    @TempDir
    Path folder;

    @BeforeEach
    void good_set() throws IOException {
        Files.writeString(folder.resolve("set.yaml"), SET);
        Files.writeString(folder.resolve("problems.jsonl"), PROBLEMS);
    }

    private ProblemSet read() throws IOException {
        return new ProblemSetReader(2000, 4).read(folder);
    }

    @Test
    void reads_a_set_with_all_that_it_says() throws IOException {
        ProblemSet set = read();

        assertThat(set.name()).isEqualTo("good");
        assertThat(set.licence()).isEqualTo("CC0-1.0");
        assertThat(set.scale().medals())
                .containsExactly(new Scale.MedalLine("bronze", 5), new Scale.MedalLine("gold", 10.5));
        assertThat(set.problems())
                .containsExactly(
                        new MathAnswerProblem("a", "1+1?", "2", 3.5, "sums", Map.of("year", "2025", "by", "us")),
                        new MathAnswerProblem("b", "1+2?", "3", 7, "", Map.of()));
        assertThat(set.points()).isEqualTo(10.5);
        assertThat(set.problem("b"))
                .hasValueSatisfying(b -> assertThat(b.points()).isEqualTo(7));
    }

    @Test
    void takes_windows_line_ends_and_a_last_line_feed() throws IOException {
        ProblemSet plain = read();
        Files.writeString(folder.resolve("problems.jsonl"), PROBLEMS.replace("\n", "\r\n") + "\r\n");

        assertThat(read()).isEqualTo(plain);
    }

    @Test
    void content_hash_does_not_see_key_order_or_white_space() throws IOException {
        String hash = read().contentHash();
        Files.writeString(folder.resolve("problems.jsonl"), """
                { "tags": {"by":"us", "year":"2025"}, "points": 3.50, "family":"sums",  "id":"a","track":"math-answer","statement":"1\\u002b1?","answer":"2"}
                {"id":"b","track":"math-answer","statement":"1+2?","answer":"3","points":7}
                """);
        Files.writeString(
                folder.resolve("set.yaml"), SET.replace("us", "\"us and you\"").replace("CC0-1.0", "MIT"));

        assertThat(read().contentHash()).isEqualTo(hash).matches("[0-9a-f]{64}");
    }

    static Stream<String[]> changes() {
        return Stream.of(
                new String[] {"\"2\"", "\"3\""},
                new String[] {"1+1?", "1+1 ?"},
                new String[] {"3.5", "3.75"},
                new String[] {"\"id\":\"b\"", "\"id\":\"c\""},
                new String[] {"2025", "2024"},
                new String[] {"sums", "sum"});
    }

    @ParameterizedTest
    @MethodSource("changes")
    void content_hash_sees_every_change_of_what_is_asked(String from, String to) throws IOException {
        String hash = read().contentHash();
        assertThat(PROBLEMS).contains(from);
        Files.writeString(folder.resolve("problems.jsonl"), PROBLEMS.replaceFirst(Pattern.quote(from), to));

        assertThat(read().contentHash()).isNotEqualTo(hash);
    }

    @Test
    void content_hash_sees_scale_and_order() throws IOException {
        String hash = read().contentHash();
        Files.writeString(folder.resolve("set.yaml"), SET.replace("bronze: 5", "bronze: 6"));
        assertThat(read().contentHash()).isNotEqualTo(hash);

        Files.writeString(folder.resolve("set.yaml"), SET);
        String[] lines = PROBLEMS.split("\n");
        Files.writeString(folder.resolve("problems.jsonl"), lines[1] + "\n" + lines[0]);
        assertThat(read().contentHash()).isNotEqualTo(hash);
    }

    @Test
    void says_which_file_a_folder_lacks() throws IOException {
        Files.delete(folder.resolve("set.yaml"));

        assertThatExceptionOfType(ProblemSetException.class)
                .isThrownBy(this::read)
                .withMessage(folder + ": no file set.yaml; a problem set is a folder with set.yaml and problems.jsonl");
    }

    /** One case of the table. */
    record Defect(String name, String file, String content, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Defect> defects() throws IOException {
        try (InputStream in = ProblemSetReaderTest.class.getResourceAsStream("defects.txt")) {
            String table = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Pattern.compile("(?ms)^## ([^\\n]*)\\n(\\S+)\\n(.*?)^=> ([^\\n]*)$")
                    .matcher(table)
                    .results()
                    .map(m -> new Defect(m.group(1), m.group(2), m.group(3), m.group(4)))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("defects")
    void names_the_defect_its_place_and_the_mend(Defect defect) throws IOException {
        Files.write(folder.resolve(defect.file), bytes(defect.content));

        assertThatExceptionOfType(ProblemSetException.class)
                .isThrownBy(this::read)
                .withMessageStartingWith(folder + "/" + defect.message);
    }

    @Test
    void knows_at_least_50_defects() throws IOException {
        assertThat(defects()).hasSizeGreaterThanOrEqualTo(50);
    }

    private static byte[] bytes(String content) {
        String repeated = Pattern.compile("\\((\\d+)\\*(.)\\)")
                .matcher(content)
                .replaceAll(m -> Matcher.quoteReplacement(m.group(2).repeat(Integer.parseInt(m.group(1)))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Matcher escape = Pattern.compile("\\\\x([0-9A-F]{2})").matcher(repeated);
        int from = 0;
        while (escape.find()) {
            out.writeBytes(repeated.substring(from, escape.start()).getBytes(StandardCharsets.UTF_8));
            out.write(Integer.parseInt(escape.group(1), 16));
            from = escape.end();
        }
        out.writeBytes(repeated.substring(from).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
