package dev.goldline.reports.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.goldline.reports.attempts.Field;
import dev.goldline.reports.attempts.FieldBuilderForTests;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.StopReason;
import dev.goldline.reports.statistics.Bootstrap;
import dev.goldline.reports.statistics.Interval;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenStudyTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(5, 400);

    @Test
    void a_curve_by_hand() {
        // Four attempts: solved at 10 and 30, wrong at 20, cut off at 40.
        TokenStudy.Curve curve = curve(new FieldBuilderForTests()
                .solved(Mode.STANDARD, 0, 10)
                .wrong(Mode.STANDARD, 1, 20)
                .solved(Mode.STANDARD, 2, 30)
                .add(Mode.STANDARD, 3, Outcome.WRONG, StopReason.LENGTH, 40)
                .build());

        assertThat(curve.steps()).containsExactly(new TokenStudy.Step(10, .25, .25), new TokenStudy.Step(30, .5, .5));
        assertThat(curve.at(9)).isZero();
        assertThat(curve.at(10)).isEqualTo(.25);
        assertThat(curve.at(29)).isEqualTo(.25);
        assertThat(curve.at(Long.MAX_VALUE)).isEqualTo(.5);
        assertThat(curve.truncated()).isEqualTo(1);
        assertThat(curve.bestCase()).contains(.75);
        assertThat(curve.reach().get(1).tokens()).hasValue(10);
        assertThat(curve.reach().get(2).tokens()).hasValue(30);
        assertThat(curve.reach().get(3).tokens()).isEmpty();
    }

    @Test
    void an_attempt_cut_off_is_solved_at_no_budget_even_if_judged_correct() {
        TokenStudy.Curve curve = curve(new FieldBuilderForTests()
                .add(Mode.STANDARD, 0, Outcome.CORRECT, StopReason.BUDGET, 10)
                .solved(Mode.STANDARD, 1, 20)
                .build());
        assertThat(curve.at(1000)).isEqualTo(.5);
        assertThat(curve.unlimited().orElseThrow().value()).isEqualTo(.5);
    }

    @Test
    void unscored_attempts_are_in_no_denominator_but_counted() {
        TokenStudy.Curve curve = curve(new FieldBuilderForTests()
                .solved(Mode.STANDARD, 0, 10)
                .add(Mode.STANDARD, 1, Outcome.UNSCORED, StopReason.ERROR, 5)
                .build());
        assertThat(curve.at(10)).isEqualTo(1);
        assertThat(curve.scored()).isEqualTo(1);
        assertThat(curve.unscored()).isEqualTo(1);
    }

    @Test
    void an_undecided_attempt_makes_the_curve_a_range() {
        TokenStudy.Curve curve = curve(new FieldBuilderForTests()
                .solved(Mode.STANDARD, 0, 10)
                .add(Mode.STANDARD, 1, Outcome.UNKNOWN, StopReason.STOP, 20)
                .build());
        assertThat(curve.steps()).containsExactly(new TokenStudy.Step(10, .5, .5), new TokenStudy.Step(20, .5, 1));
        assertThat(curve.unlimited().orElseThrow().range()).contains(new Interval(.5, 1));
    }

    @Test
    void a_solved_attempt_without_a_token_count_counts_without_limit_only() {
        TokenStudy.Curve curve = curve(new FieldBuilderForTests()
                .solved(Mode.STANDARD, 0, -1)
                .solved(Mode.STANDARD, 1, 20)
                .build());
        assertThat(curve.at(Long.MAX_VALUE)).isEqualTo(.5);
        assertThat(curve.solvedTokensUnknown()).isEqualTo(1);
        assertThat(curve.unlimited().orElseThrow().value()).isEqualTo(1);
    }

    @Test
    void a_curve_never_falls_and_ends_at_the_accuracy() {
        for (int seed = 0; seed < 30; seed++) {
            Field field = random(seed);
            for (TokenStudy.Curve curve :
                    TokenStudy.of(field, new Bootstrap(seed, 50)).curves()) {
                double before = 0;
                for (TokenStudy.Step step : curve.steps()) {
                    assertThat(step.low()).isGreaterThanOrEqualTo(before);
                    assertThat(step.high()).isBetween(step.low(), 1.0);
                    before = step.low();
                }
                assertThat(curve.at(Long.MAX_VALUE))
                        .isCloseTo(curve.unlimited().orElseThrow().value(), within(1e-12));
            }
        }
    }

    @Test
    void bands_repeat_with_their_seed_cover_the_curve_and_are_shared_by_equal_modes() {
        FieldBuilderForTests twice = new FieldBuilderForTests();
        Random random = new Random(3);
        for (int i = 0; i < 60; i++) {
            long tokens = 10 + random.nextInt(90);
            boolean solved = random.nextInt(3) > 0;
            for (Mode mode : new Mode[] {Mode.STANDARD, Mode.SPECIALE}) {
                twice.add(mode, i % 20, solved ? Outcome.CORRECT : Outcome.WRONG, StopReason.STOP, tokens);
            }
        }
        TokenStudy study = TokenStudy.of(twice.build(), BOOTSTRAP);

        assertThat(TokenStudy.of(twice.build(), BOOTSTRAP)).isEqualTo(study);
        assertThat(study.curves().get(0).bands())
                .isEqualTo(study.curves().get(1).bands());
        assertThat(study.curves().getFirst().bands())
                .isNotEmpty()
                .allSatisfy(band -> assertThat(study.curves().getFirst().at(band.tokens()))
                        .isBetween(band.interval().low(), band.interval().high()));
    }

    @Test
    void a_histogram_holds_every_scored_attempt_once() {
        for (int seed = 0; seed < 10; seed++) {
            Field field = random(seed);
            Histogram histogram = TokenStudy.of(field, new Bootstrap(1, 10)).histogram();
            for (int mode = 0; mode < field.modes().size(); mode++) {
                long scored = field.modes().get(mode).attempts().stream()
                        .filter(fact -> fact.scored())
                        .count();
                assertThat(histogram.modes().get(mode).attempts()).isEqualTo((int) scored);
            }
        }
    }

    private static TokenStudy.Curve curve(Field field) {
        return TokenStudy.of(field, BOOTSTRAP).curves().getFirst();
    }

    private static Field random(int seed) {
        Random random = new Random(seed);
        FieldBuilderForTests field = new FieldBuilderForTests();
        for (int i = 0; i < 80; i++) {
            Outcome outcome = Outcome.values()[random.nextInt(5)];
            StopReason stop = outcome == Outcome.UNSCORED
                    ? StopReason.ERROR
                    : random.nextInt(5) == 0 ? StopReason.LENGTH : StopReason.STOP;
            field.add(
                    random.nextBoolean() ? Mode.STANDARD : Mode.SPECIALE,
                    random.nextInt(15),
                    outcome,
                    stop,
                    1 + random.nextInt(300));
        }
        return field.build();
    }
}
