package dev.goldline.problemsets.micromath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MicroMathTest {
    private static final int EACH = 150;

    static Stream<MicroProblem> problems(Family family) {
        return IntStream.rangeClosed(1, MicroMath.LEVELS)
                .boxed()
                .flatMap(level -> IntStream.range(0, EACH)
                        .mapToObj(i -> MicroMath.problem(family, level, Split.TRAINING, 11, i)));
    }

    @ParameterizedTest
    @EnumSource
    void gives_the_answer_that_brute_force_finds(Family family) {
        assertThat(problems(family))
                .allSatisfy(
                        problem -> assertThat(problem.problem().answer()).isEqualTo(BruteForce.answer(problem.key())));
    }

    @ParameterizedTest
    @EnumSource
    void writes_only_true_arithmetic_at_every_length(Family family) {
        assertThat(problems(family)).allSatisfy(problem -> {
            for (Length length : Length.values()) {
                String text = problem.solution(length).text();
                assertThat(TraceReader.brokenClaims(text)).as(text).isEmpty();
                assertThat(text).contains("ans=" + problem.problem().answer());
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void ends_short_solutions_with_the_answer_and_checked_ones_with_ok(Family family) {
        assertThat(problems(family)).allSatisfy(problem -> {
            String answer = "ans=" + problem.problem().answer();
            assertThat(problem.solution(Length.BRIEF).text()).endsWith(answer);
            assertThat(problem.solution(Length.FULL).text()).endsWith(answer);
            assertThat(problem.solution(Length.CHECKED).text())
                    .startsWith(problem.solution(Length.FULL).text() + "\ncheck:")
                    .endsWith("=0;ok")
                    .doesNotContain("no");
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_slip_is_followed_caught_and_mended(Family family) {
        assertThat(problems(family)).allSatisfy(problem -> {
            Solution slipped = problem.slipped(3);
            String text = slipped.text();
            String[] attempts = text.split("\nagain:");
            assertThat(attempts).as(text).hasSize(2);
            assertThat(attempts[0]).as("a difference or remainder other than 0").matches("(?s).*[=+]-?[1-9][0-9]*;no");
            assertThat(attempts[1]).isEqualTo(problem.solution(Length.CHECKED).text());
            assertThat(TraceReader.brokenClaims(attempts[0]))
                    .as("the wrong number, and the head of the product or division it stands in: " + text)
                    .hasSizeBetween(1, 3);
            assertThat(slipped.segments().stream().filter(segment -> !segment.learned()))
                    .singleElement()
                    .satisfies(segment -> assertThat(segment.text()).matches("[0-9]"));
        });
    }

    @Test
    void some_slips_are_made_in_the_check() {
        long inCheck = problems(Family.REMAINDER)
                .map(problem -> problem.slipped(5).segments().getFirst().text())
                .filter(text -> text.contains("check"))
                .count();
        assertThat(inCheck).isBetween(EACH * 5L / 20, EACH * 5L / 4);
    }

    @ParameterizedTest
    @EnumSource
    void keeps_to_its_length_limits_and_to_plain_ascii(Family family) {
        assertThat(problems(family)).allSatisfy(problem -> {
            assertThat(problem.solution(Length.CHECKED).symbols()).isLessThanOrEqualTo(MicroMath.LONGEST_CHECKED);
            Solution slipped = problem.slipped(1);
            assertThat(slipped.symbols()).isLessThanOrEqualTo(MicroMath.LONGEST_SLIPPED);
            assertThat(slipped.text()).matches("[\\n\\x20-\\x7e]*");
            assertThat(problem.problem().statement()).matches("[\\x20-\\x7e]*");
            assertThat(problem.problem().statement().split(" ")).hasSizeLessThanOrEqualTo(25);
        });
    }

    @ParameterizedTest
    @EnumSource
    void training_and_evaluation_share_neither_key_nor_statement(Family family) {
        Set<String> keys = new HashSet<>();
        Set<String> statements = new HashSet<>();
        for (int level = 1; level <= MicroMath.LEVELS; level++) {
            for (int i = 0; i < 4 * EACH; i++) {
                MicroProblem problem = MicroMath.problem(family, level, Split.TRAINING, 1, i);
                keys.add(problem.key());
                statements.add(problem.problem().statement());
            }
        }
        for (int level = 1; level <= MicroMath.LEVELS; level++) {
            for (int i = 0; i < 4 * EACH; i++) {
                MicroProblem problem = MicroMath.problem(family, level, Split.EVALUATION, 2, i);
                assertThat(keys).doesNotContain(problem.key());
                assertThat(statements).doesNotContain(problem.problem().statement());
                assertThat(Split.of(problem.key())).isEqualTo(Split.EVALUATION);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_statement_tells_one_key_only(Family family) {
        Map<String, String> keyOf = new HashMap<>();
        problems(family).forEach(problem -> {
            String other = keyOf.putIfAbsent(problem.problem().statement(), problem.key());
            assertThat(other == null || other.equals(problem.key()))
                    .as(problem + " and " + other)
                    .isTrue();
        });
    }

    @Test
    void wording_and_order_do_not_make_another_problem() {
        assertThat(new GcdLcm(false, 12, 18).key()).isEqualTo(new GcdLcm(false, 18, 12).key());
        assertThat(new Remainder(7, 12, 3, 5).key()).isEqualTo(new Remainder(12, 7, 3, 5).key());
        assertThat(new LinearSystem(1, 2, 3, 4, 5, 6).key()).isEqualTo(new LinearSystem(4, 5, 6, 1, 2, 3).key());
        assertThat(new Fractions(true, 1, 2, 1, 3).key()).isEqualTo(new Fractions(true, 1, 3, 1, 2).key());
        assertThat(new Fractions(false, 1, 2, 1, 3).key()).isNotEqualTo(new Fractions(false, 1, 3, 1, 2).key());
        assertThat(new Choice(true, 8, 3).key()).isEqualTo(new Choice(true, 8, 5).key());
        assertThat(new Choice(false, 8, 3).key()).isNotEqualTo(new Choice(false, 8, 5).key());
    }

    @ParameterizedTest
    @EnumSource
    void has_four_wordings_of_each_problem(Family family) {
        Set<String> openings = new HashSet<>();
        problems(family)
                .forEach(problem -> openings.add(problem.problem().statement().replaceAll("[0-9]+", "#")));
        assertThat(openings).hasSizeGreaterThanOrEqualTo(Exercise.PHRASINGS);
    }

    @Test
    void about_a_seventh_of_all_keys_is_evaluation() {
        long evaluation = IntStream.range(0, 20_000)
                .filter(i -> Split.of("remainder:" + i) == Split.EVALUATION)
                .count();
        assertThat(evaluation / 20_000.0).isBetween(0.135, 0.165);
    }

    @Test
    void same_arguments_give_the_same_problem_and_solutions_on_any_machine() {
        StringBuilder all = new StringBuilder();
        for (Family family : Family.values()) {
            for (int level = 1; level <= MicroMath.LEVELS; level++) {
                MicroProblem problem = MicroMath.problem(family, level, Split.EVALUATION, 42, level);
                all.append(problem.problem())
                        .append(problem.solution(Length.CHECKED).text());
                all.append(problem.slipped(9).text());
            }
        }
        assertThat(UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8)))
                .hasToString("c00677c7-952c-3357-8c56-83dcb84f7d0c");
    }

    @Test
    void a_sample_has_different_problems_in_equal_shares() {
        List<MicroProblem> sample = MicroMath.sample(Split.TRAINING, 5, 7 * 2 * 10, List.of(2, 4));

        assertThat(sample).extracting(MicroProblem::key).doesNotHaveDuplicates();
        assertThat(sample).extracting(problem -> problem.problem().id()).doesNotHaveDuplicates();
        for (Family family : Family.values()) {
            assertThat(sample)
                    .filteredOn(problem -> problem.family() == family && problem.level() == 4)
                    .hasSize(10);
        }
    }

    @Test
    void a_problem_of_a_sample_can_be_had_by_its_index() {
        MicroProblem last =
                MicroMath.sample(Split.EVALUATION, 5, 70, List.of(3)).getLast();
        String id = last.problem().id();
        long index = Long.parseLong(id.substring(id.lastIndexOf('-') + 1));

        MicroProblem again = MicroMath.problem(last.family(), 3, Split.EVALUATION, 5, index);
        assertThat(again.problem()).isEqualTo(last.problem());
    }

    @Test
    void says_when_there_are_not_enough_different_problems() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MicroMath.sample(Split.EVALUATION, 1, 10_000, List.of(1)))
                .withMessage(
                        "fewer different divisors problems of level 1 than wanted; ask for fewer than 10000 problems,"
                                + " or for more levels");
    }

    @Test
    void refuses_what_is_out_of_range() {
        assertThatThrownBy(() -> MicroMath.problem(Family.SERIES, 6, Split.TRAINING, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("level must be 1 to 5, was 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MicroMath.problem(Family.SERIES, 1, Split.TRAINING, 0, -1))
                .withMessage("index must be 0 or more, was -1");
    }
}
