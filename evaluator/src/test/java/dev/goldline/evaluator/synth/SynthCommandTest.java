package dev.goldline.evaluator.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.goldline.judges.answer.MathAnswerJudge;
import dev.goldline.judges.verdict.Outcome;
import dev.goldline.problemsets.micromath.Split;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.problemsets.set.ProblemSet;
import dev.goldline.problemsets.set.ProblemSetReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SynthCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path set = Path.of("");

    @BeforeEach
    void name_a_new_folder() {
        set = folder.resolve("new/set");
    }

    private int synth(String... options) {
        List<String> all = new ArrayList<>(List.of("micro-math", "--out", set.toString()));
        all.addAll(List.of(options));
        return new CommandLine(new SynthCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    private ProblemSet read() throws IOException {
        return new ProblemSetReader().read(set);
    }

    @Test
    void writes_a_set_that_the_reader_takes_and_says_so() throws IOException {
        assertThat(synth("--seed", "7", "--n", "21", "--level", "2-4")).isZero();

        assertThat(read().problems()).hasSize(21);
        assertThat(read().problems())
                .extracting(problem -> problem.tags().get("level"))
                .containsOnly("2", "3", "4");
        assertThat(out.toString())
                .contains("21 problems of 7 families, levels 2-4, evaluation split, seed 7")
                .contains(set.toString())
                .contains("content hash " + read().contentHash());
    }

    @Test
    void same_seed_gives_the_same_set_and_another_seed_another() throws IOException {
        synth("--seed", "7");
        String hash = read().contentHash();
        synth("--seed", "7", "--force");
        assertThat(read().contentHash()).isEqualTo(hash);
        synth("--seed", "8", "--force");
        assertThat(read().contentHash()).isNotEqualTo(hash);
    }

    @Test
    void the_judge_accepts_every_gold_answer() throws IOException {
        synth("--n", "140");

        for (Problem problem : read().problems()) {
            if (problem instanceof MathAnswerProblem math) {
                assertThat(new MathAnswerJudge()
                                .judge(math, "\\boxed{" + math.answer() + "}")
                                .outcome())
                        .isEqualTo(Outcome.CORRECT);
            }
        }
    }

    @Test
    void training_and_evaluation_sets_share_no_statement() throws IOException {
        synth("--n", "140");
        List<String> heldOut =
                read().problems().stream().map(Problem::statement).toList();
        synth("--n", "700", "--split", "training", "--force");

        assertThat(read().problems()).extracting(Problem::statement).doesNotContainAnyElementsOf(heldOut);
    }

    @Test
    void writes_solutions_beside_the_set() throws IOException {
        synth("--n", "7", "--level", "3", "--with-solutions");

        List<String> lines = Files.readAllLines(set.resolve("solutions.jsonl"));
        assertThat(lines).hasSize(7);
        JsonNode first = JsonMapper.builder().build().readTree(lines.getFirst());
        Problem problem = read().problem(first.get("id").stringValue()).orElseThrow();
        assertThat(Split.of(first.get("key").stringValue())).isEqualTo(Split.EVALUATION);
        assertThat(first.get("brief").stringValue()).endsWith("ans=" + ((MathAnswerProblem) problem).answer());
        assertThat(first.get("checked").stringValue())
                .startsWith(first.get("full").stringValue())
                .endsWith("ok");
    }

    @Test
    void prints_json() {
        synth("--n", "7", "--level", "3", "--json");

        JsonNode printed = JsonMapper.builder().build().readTree(out.toString());
        assertThat(printed.get("problems").intValue()).isEqualTo(7);
        assertThat(printed.get("folder").stringValue()).isEqualTo(set.toString());
        assertThat(printed.get("contentHash").stringValue()).hasSize(64);
    }

    @Test
    void does_not_overwrite_unless_told_and_then_leaves_no_old_solutions() throws IOException {
        synth("--n", "7", "--with-solutions");
        assertThat(synth("--n", "14")).isEqualTo(2);
        assertThat(err.toString()).contains(set + " holds a problem set already; name another folder or add --force");
        assertThat(read().problems()).hasSize(7);

        assertThat(synth("--n", "14", "--force")).isZero();
        assertThat(read().problems()).hasSize(14);
        assertThat(set.resolve("solutions.jsonl")).doesNotExist();
    }

    @Test
    void refuses_what_it_cannot_make() {
        assertThat(synth("--level", "6")).isEqualTo(2);
        assertThat(err.toString()).contains("'6' is no level; give one from 1 to 5, or a range such as 2-4");
        assertThat(synth("--level", "4-2")).isEqualTo(2);
        assertThat(synth("--n", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--n must be 1 to 100000, was 0");
        assertThat(synth("--split", "test")).isEqualTo(2);
        assertThat(err.toString()).contains("unknown split 'test'; use evaluation or training");
        assertThat(synth("--n", "100000", "--level", "1")).isEqualTo(2);
        assertThat(err.toString()).contains("fewer different divisors problems of level 1 than wanted");
        assertThat(set).doesNotExist();
    }

    @Test
    void says_when_the_folder_cannot_be_written() throws IOException {
        Files.writeString(folder.resolve("new"), "a file where a folder should be");

        assertThat(synth("--n", "7")).isEqualTo(3);
        assertThat(err.toString()).contains("goldline: cannot write into " + set);
    }

    @Test
    void says_when_the_disk_is_full() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Files.createDirectories(set);
        Files.createSymbolicLink(set.resolve("solutions.jsonl"), full);

        assertThat(synth("--n", "140", "--with-solutions", "--force")).isEqualTo(3);
        assertThat(err.toString())
                .contains("goldline: cannot write into " + set)
                .contains("No space left on device");
    }

    @Test
    void help_shows_an_example() {
        assertThat(synth("--help")).isZero();
        assertThat(out.toString())
                .contains("./goldline synth micro-math --seed 7 --n 140 --level 1-5 --out sets/seven");
    }
}
