package dev.goldline.judges.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.judges.verdict.Outcome;
import dev.goldline.judges.verdict.Verdict;
import dev.goldline.problemsets.problem.MathAnswerProblem;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MathAnswerJudgeTest {
    private static Verdict judge(String gold, String answer) {
        return new MathAnswerJudge().judge(new MathAnswerProblem("p", "?", gold, 7, "", Map.of()), answer);
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
        assertThat(judge("42", "\\boxed{x}").points()).isZero();
    }

    @Test
    void says_what_it_judged_and_where_it_stood() {
        Verdict verdict = judge("42", "So \\boxed{ 43 }.");

        assertThat(verdict.answer()).isEqualTo(" 43 ");
        assertThat(verdict.reason()).isEqualTo("43 is not 42; box at characters 10 to 14");
    }

    @Test
    void counts_offsets_from_the_start_of_the_whole_text() {
        String answer = "\\boxed{1}</think>\\boxed{2}";

        assertThat(Box.last(answer)).hasValueSatisfying(box -> {
            assertThat(box.content()).isEqualTo("2");
            assertThat(answer.substring(box.start(), box.end())).isEqualTo("2");
        });
    }

    @Test
    void says_what_it_could_not_read() {
        assertThat(judge("42", "\\boxed{42 cm}").reason())
                .isEqualTo("expected nothing more at character 4, found 'cm'; box at characters 7 to 12");
        assertThat(judge("forty-two", "\\boxed{42}").reason())
                .isEqualTo("the gold answer of p: expected a digit at character 1, found 'forty-two'");
    }

    @Test
    void does_not_begin_with_what_is_too_long() {
        assertThat(judge("42", "\\boxed{" + "9".repeat(5_000_000) + "}").code()).isEqualTo("too-long");
        assertThat(judge("42", "\\boxed{" + "9".repeat(401) + "}").code()).isEqualTo("too-long");
        assertThat(judge("42", "\\boxed{1" + "{,}000".repeat(200) + "}").code()).isEqualTo("too-long");
        assertThat(judge("42", "\\boxed{0." + "0".repeat(400) + "1}").code()).isEqualTo("too-long");
        assertThat(judge("42", "\\boxed{" + "(".repeat(500) + "42" + ")".repeat(500) + "}")
                        .code())
                .isEqualTo("too-long");
    }

    @Test
    void finds_the_box_in_one_pass_however_many_there_are() {
        assertThat(judge("42", "\\boxed{".repeat(1_000_000)).code()).isEqualTo("no-answer");
        assertThat(judge("42", "\\boxed{1}".repeat(500_000) + "\\boxed{42}").code())
                .isEqualTo("equal");
        assertThat(judge("42", "\\boxed".repeat(1_000_000) + "\\boxed{42}").code())
                .isEqualTo("equal");
        assertThat(judge("42", "{".repeat(3_000_000) + "\\boxed{42}").code()).isEqualTo("equal");
    }

    @Test
    void every_way_to_write_a_fraction_has_the_same_value() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 3_000; i++) {
            long top = random.nextLong(-10_000, 10_000);
            long bottom = random.nextLong(1, 1_000);
            long factor = random.nextLong(1, 50);
            String sign = top < 0 ? "-" : "";
            AnswerValue value = AnswerReader.read(top + "/" + bottom);

            assertThat(value)
                    .isEqualTo(AnswerReader.read(top * factor + "/" + bottom * factor))
                    .isEqualTo(AnswerReader.read("\\frac{" + top + "}{" + bottom + "}"))
                    .isEqualTo(AnswerReader.read("\\dfrac{" + -top * factor + "}{-" + bottom * factor + "}"))
                    .isEqualTo(AnswerReader.read(sign + "\\frac{" + Math.abs(top) + "}{" + bottom + "}"));
            assertThat(AnswerReader.read(value.toString())).isEqualTo(value);
        }
    }

    @Test
    void two_fractions_are_equal_only_if_their_cross_products_are() throws Exception {
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 20_000; i++) {
            long[] n = random.longs(4, -12, 12).toArray();
            if (n[1] != 0 && n[3] != 0) {
                AnswerValue left = AnswerReader.read("\\frac{" + n[0] + "}{" + n[1] + "}");
                AnswerValue right = AnswerReader.read("\\frac{" + n[2] + "}{" + n[3] + "}");

                assertThat(left.equals(right)).isEqualTo(n[0] * n[3] == n[1] * n[2]);
                assertThat(right.equals(left)).isEqualTo(left.equals(right));
            }
        }
    }

    @Test
    void a_decimal_has_exactly_the_value_of_its_digits() throws Exception {
        assertThat(AnswerReader.read("-12.340"))
                .isEqualTo(AnswerValue.Rational.of(BigInteger.valueOf(-617), BigInteger.valueOf(50)));
    }
}
