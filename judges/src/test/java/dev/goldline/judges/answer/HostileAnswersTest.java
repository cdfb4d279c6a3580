package dev.goldline.judges.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.extraction.ExtractionPolicy;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts made to hang or exhaust a grader. They end by budgets of bits, nodes and operations, on any thread. */
class HostileAnswersTest {
    private static final AnswerGrader GRADER = new AnswerGrader(ExtractionPolicy.STANDARD, ExtractionPolicy.STANDARD);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9^{9^{9}}",
                "10^{10^{10}}",
                "(10^9)!",
                "((((2^{99})^{99})^{99})^{99})^{99}",
                "\\binom{10^9}{5\\cdot 10^8}",
                "\\sum_{k=1}^{10^9} k^k",
                "\\sin(10^{10^9})",
                "(1.0000001)^{10^{12}}",
                "\\lfloor 10^{10^6}\\pi \\rfloor",
                "(a+b+c+d+f+g+h)^{60}",
                "\\frac{1}{5000!}+\\sqrt{2}"
            })
    void a_number_too_large_to_compute_ends_without_a_yes(String bomb) {
        Grade grade = GRADER.grade("\\boxed{7}", "\\boxed{" + bomb + "}", AnswerContract.ANY);

        assertThat(grade.isYes()).isFalse();
        assertThat(GRADER.grade("\\boxed{" + bomb + "}", "\\boxed{" + bomb + "}", AnswerContract.ANY)
                        .isNo())
                .isFalse();
    }

    @Test
    void deep_and_long_texts_are_not_begun() {
        for (String text : List.of(
                "(".repeat(10_000) + "7" + ")".repeat(10_000),
                "{".repeat(10_000) + "}".repeat(10_000),
                "(".repeat(4_000) + "7" + ")".repeat(4_000),
                "\\frac".repeat(200_000),
                "\\sqrt{".repeat(1_000) + "2" + "}".repeat(1_000),
                "|".repeat(5_000),
                "-".repeat(9_000) + "7",
                "(".repeat(50) + "x" + ")^{61}".repeat(50),
                "((x^{61})^{61})".repeat(300),
                "7^".repeat(3_000) + "7",
                "\\mathrm{".repeat(900) + "x" + "}".repeat(900))) {
            assertThat(GRADER.grade("7", "\\boxed{" + text + "}", AnswerContract.ANY)
                            .isYes())
                    .isFalse();
            assertThat(GRADER.grade("7", text, AnswerContract.ANY).isYes()).isFalse();
        }
    }

    @Test
    void many_threads_find_what_one_finds() throws Exception {
        List<String> answers =
                List.of("\\sin^2 x+\\cos^2 x", "\\sqrt{3+2\\sqrt{2}}-\\sqrt{2}", "9^{9^{9}}", "0.999999");
        List<Grade> alone = answers.stream()
                .map(answer -> GRADER.grade("1", answer, AnswerContract.ANY))
                .toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<List<Grade>>> all = IntStream.range(0, 24)
                    .mapToObj(i -> threads.submit(() -> answers.stream()
                            .map(answer -> GRADER.grade("1", answer, AnswerContract.ANY))
                            .toList()))
                    .toList();
            for (Future<List<Grade>> each : all) {
                assertThat(each.get()).isEqualTo(alone);
            }
        }
    }
}
