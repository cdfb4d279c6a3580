package dev.goldline.evaluator.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.goldline.evaluator.console.CommandException;
import dev.goldline.judges.answer.AnswerGrader;
import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.extraction.ExtractionPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GradeCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int grade(String... options) {
        return new CommandLine(new GradeCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((e, line, result) -> {
                    line.getErr().println(e.getMessage());
                    return e instanceof CommandException rejected ? rejected.status() : -1;
                })
                .execute(options);
    }

    @Test
    void leaves_with_0_for_yes_1_for_no_and_3_for_unknown() {
        assertThat(grade("--gold", "1/2", "--answer", "so \\boxed{0.5}")).isZero();
        assertThat(grade("--gold", "1/2", "--answer", "0.6")).isEqualTo(1);
        assertThat(grade("--gold", "1/2", "--answer", "half of it, I think, or so"))
                .isEqualTo(3);
    }

    @Test
    void shows_the_verdict_its_witness_and_where_the_answer_stood() {
        grade("--gold", "(x+1)^2", "--answer", "So \\boxed{x^2+1}.");

        assertThat(out.toString())
                .startsWith("NO  points: at x = ")
                .contains("gold    (x+1)^2   (whole text at characters 0 to 7)")
                .contains("answer  x^2+1   (box at characters 10 to 15)");
    }

    @Test
    void prints_json_on_request() {
        grade("--gold", "2", "--answer", "\\boxed{\\sqrt{4}}", "--json");

        JsonNode node = JsonMapper.builder().build().readTree(out.toString());
        assertThat(node.path("verdict").asString()).isEqualTo("YES");
        assertThat(node.path("method").asString()).isEqualTo("exact");
        assertThat(node.path("answerFound").path("rule").asString()).isEqualTo("BOX");
    }

    @Test
    void obeys_a_contract() {
        assertThat(grade("--gold", "[0,1]", "--answer", "(0,1)", "--contract", "interval"))
                .isEqualTo(1);
        assertThat(grade("--gold", "1", "--answer", "1", "--contract", "cube")).isEqualTo(2);
        assertThat(err.toString()).contains("unknown contract 'cube'; use any, integer");
    }

    @Test
    void adds_a_verdict_to_each_line_of_a_file_and_keeps_its_other_fields() throws IOException {
        Path pairs = Files.writeString(folder.resolve("pairs.jsonl"), """
                {"id": 1, "gold": "1/2", "answer": "0.5"}
                {"id": 2, "gold": "1,2", "answer": "(2,1)", "contract": "list"}

                {"id": 3, "gold": "7", "answer": "\\\\boxed{8}"}
                {"id": 4, "gold": "7", "answer": "\\\\boxed{9^{9^{9}}}"}
                """);
        assertThat(grade("--file", pairs.toString())).isZero();

        List<JsonNode> lines = out.toString()
                .lines()
                .map(line -> JsonMapper.builder().build().readTree(line))
                .toList();
        assertThat(lines)
                .extracting(line -> line.path("verdict").asString())
                .containsExactly("YES", "YES", "NO", "UNKNOWN");
        assertThat(lines).extracting(line -> line.path("id").asInt()).containsExactly(1, 2, 3, 4);
        assertThat(err.toString()).contains("4 pairs: 2 YES, 1 NO, 1 UNKNOWN; correct 50.0% to 75.0%");
    }

    @Test
    void names_the_line_that_is_at_fault() throws IOException {
        Path pairs = Files.writeString(
                folder.resolve("pairs.jsonl"), "{\"gold\": \"1\", \"answer\": \"1\"}\n{\"gold\": \"1\"}\n");

        assertThatThrownBy(() -> new PairsFile(
                                pairs,
                                new AnswerGrader(ExtractionPolicy.STANDARD, ExtractionPolicy.STANDARD),
                                AnswerContract.ANY)
                        .grade(new PrintWriter(out)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("pairs.jsonl line 2 has no text 'answer'");
    }
}
