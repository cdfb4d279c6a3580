package dev.goldline.problemsets.set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.goldline.problemsets.bundled.BundledSets;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProblemSetWriterTest {
    @TempDir
    Path folder;

    private static ProblemSet awkward() {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put("zeta", "first");
        tags.put("alpha key: with {signs}", "  blanks  ");
        return new ProblemSet(
                "awkward",
                "two lines\nand: a 'quote', a \"quote\", # no comment, \t tab, \u0001 control, 数, 𝔽",
                "yes",
                "null",
                "zh-Hans",
                new Scale(0.1, List.of(new Scale.MedalLine("1", 1), new Scale.MedalLine("true", 1e-3 + 1))),
                List.of(
                        new MathAnswerProblem(
                                "p-1", "Let $x=\\frac{1}{2}$.\n\u2028 \"x\"? 𝔽", "\\frac{1}{2}", 7, "", tags),
                        new MathAnswerProblem("p.2", "second", "0x10", 0.1, "fam", Map.of())));
    }

    @Test
    void what_is_written_reads_back_equal() throws IOException {
        ProblemSetWriter.write(awkward(), folder, false);

        assertThat(new ProblemSetReader().read(folder)).isEqualTo(awkward());
    }

    @Test
    void what_is_read_is_written_byte_for_byte() throws IOException {
        Path again = folder.resolve("again");
        for (ProblemSet set : List.of(awkward(), BundledSets.find("micro-math").orElseThrow())) {
            ProblemSetWriter.write(set, folder, true);
            ProblemSetWriter.write(new ProblemSetReader().read(folder), again, true);

            assertThat(again.resolve("set.yaml")).hasSameBinaryContentAs(folder.resolve("set.yaml"));
            assertThat(again.resolve("problems.jsonl")).hasSameBinaryContentAs(folder.resolve("problems.jsonl"));
        }
    }

    @Test
    void leaves_points_family_and_tags_out_where_they_say_nothing() throws IOException {
        ProblemSetWriter.write(awkward(), folder, false);

        assertThat(Files.readAllLines(folder.resolve("problems.jsonl")).get(1))
                .isEqualTo("{\"id\":\"p.2\",\"track\":\"math-answer\",\"statement\":\"second\",\"answer\":\"0x10\","
                        + "\"family\":\"fam\"}");
    }

    @Test
    void does_not_overwrite_a_set_unless_told() throws IOException {
        ProblemSetWriter.write(awkward(), folder, false);

        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> ProblemSetWriter.write(awkward(), folder, false))
                .withMessageContaining("holds a problem set already");
        ProblemSetWriter.write(awkward(), folder, true);
    }
}
