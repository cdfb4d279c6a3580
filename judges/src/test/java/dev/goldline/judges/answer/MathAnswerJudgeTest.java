package dev.goldline.judges.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.judges.verdict.Outcome;
import dev.goldline.judges.verdict.Verdict;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MathAnswerJudgeTest {
    private static Verdict judge(String gold, String answer) {
        return new MathAnswerJudge().judge(new MathAnswerProblem("p", "?", gold, 7, "", Map.of()), answer);
    }

    private static Verdict judge(String gold, String answer, String contract) {
        return new MathAnswerJudge()
                .judge(new MathAnswerProblem("p", "?", gold, 7, "", Map.of("contract", contract)), answer);
    }

    static Stream<String[]> cases() throws IOException {
        try (InputStream in = MathAnswerJudgeTest.class.getResourceAsStream("cases.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).map(MathAnswerJudgeTest::fields).toList().stream();
        }
    }

    /** The first and the last separator count: an answer may hold the same signs. */
    private static String[] fields(String line) {
        int first = line.indexOf(" ; ");
        int last = line.lastIndexOf(" ; ");
        String answer = line.substring(first + 3, Math.max(first + 3, last));
        return new String[] {line.substring(0, first), answer.replace("\\n", "\n"), line.substring(last + 3)};
    }

    @ParameterizedTest
    @MethodSource("cases")
    void marks_as_the_table_says(String gold, String answer, String expected) {
        Verdict verdict = judge(gold, answer);

        assertThat(verdict.outcome().label() + " " + verdict.code())
                .as(verdict.reason())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_readable_answer_taken_as_gold_gives_the_same_verdict(String gold, String answer, String expected) {
        Verdict verdict = judge(gold, answer);
        if (verdict.outcome() == Outcome.CORRECT || verdict.code().equals("not-equal")) {
            Verdict swapped = judge(verdict.answer(), "\\boxed{" + gold + "}");

            assertThat(swapped.outcome()).isEqualTo(verdict.outcome());
        }
    }

    @Test
    void gives_all_points_or_none() {
        assertThat(judge("42", "\\boxed{42}").points()).isEqualTo(7);
        assertThat(judge("42", "\\boxed{41}").points()).isZero();
        assertThat(judge("42", "\\boxed{x+}").points()).isZero();
    }

    @Test
    void says_what_it_judged_and_where_it_stood() {
        Verdict verdict = judge("42", "So \\boxed{ 43 }.");

        assertThat(verdict.answer()).isEqualTo(" 43 ");
        assertThat(verdict.reason()).isEqualTo("42 is not 43; box at characters 10 to 14");
    }

    @Test
    void keeps_the_whole_of_an_answer_it_has_read_and_no_half_characters_of_another() {
        String padded = "42" + " ".repeat(1_500);
        assertThat(judge("42", "\\boxed{" + padded + "}").answer()).isEqualTo(padded);

        Verdict unread = judge("42", "\\boxed{x" + "\ud835\udd3d".repeat(6_000) + "}");
        assertThat(unread.answer()).hasSize(10_002).endsWith("\ud835\udd3d...");
        assertThat(judge("42", "\\boxed{x" + "\ud835\udd3d".repeat(20) + "}").reason())
                .contains("\ud835\udd3d...'");
    }

    @Test
    void says_what_it_could_not_read() {
        assertThat(judge("42", "\\boxed{42 7}").reason())
                .isEqualTo(
                        "expected an operator before the number at character 4, found '7'; box at characters 7 to 11");
        assertThat(judge("4 7", "\\boxed{42}").reason())
                .isEqualTo("the gold answer of p: expected an operator before the number at character 3, found '7'");
    }

    @Test
    void does_not_begin_with_what_is_too_long() {
        assertThat(judge("42", "\\boxed{" + "9".repeat(5_000_000) + "}").code()).isEqualTo("too-long");
        assertThat(judge("42", "\\boxed{" + "9".repeat(1_001) + "}").code()).isEqualTo("too-long");
        assertThat(judge("42", "\\boxed{1" + "{,}000".repeat(400) + "}").code()).isEqualTo("too-long");
        assertThat(judge("42", "\\boxed{0." + "0".repeat(1_000) + "1}").code()).isEqualTo("too-long");
        assertThat(judge("42", "\\boxed{" + "(".repeat(500) + "42" + ")".repeat(500) + "}")
                        .code())
                .isEqualTo("too-long");
    }

    @Test
    void obeys_the_contract_of_the_problem() {
        assertThat(judge("(1,2)", "\\boxed{1,2}", "tuple").code()).isEqualTo("equal");
        assertThat(judge("1,2", "\\boxed{(2,1)}", "list").code()).isEqualTo("equal");
        assertThat(judge("1,2", "\\boxed{(2,1)}", "ordered list").code()).isEqualTo("not-equal");
        assertThat(judge("[0,1]", "\\boxed{(0,1)}", "interval").code()).isEqualTo("not-equal");
        assertThat(judge("1,234", "\\boxed{1234}", "list").code()).isNotEqualTo("equal");
        assertThat(judge("42", "\\boxed{1042}", "integer 0-999").code()).isEqualTo("contract");
        assertThat(judge("1/3", "\\boxed{0.33}", "any; decimals 2").code()).isEqualTo("equal");
        assertThat(judge("n^2", "\\boxed{k^2}", "any; any names").code()).isEqualTo("equal");
        assertThat(judge("42", "\\boxed{42}", "whole").code()).isEqualTo("bad-gold");
    }

    @Test
    void finds_the_box_in_one_pass_however_many_there_are() {
        assertThat(judge("42", "\\boxed{".repeat(1_000_000)).code()).isEqualTo("no-answer");
        assertThat(judge("42", "\\boxed{1} no ".repeat(500_000) + "\\boxed{42}").code())
                .isEqualTo("equal");
        assertThat(judge("42", "\\boxed".repeat(1_000_000) + "\\boxed{42}").code())
                .isEqualTo("equal");
        assertThat(judge("42", "{".repeat(3_000_000) + "\\boxed{42}").code()).isEqualTo("equal");
    }
}
