package dev.goldline.reports.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.goldline.reports.attempts.FieldBuilderForTests;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.StopReason;
import dev.goldline.reports.statistics.Bootstrap;
import dev.goldline.reports.statistics.Estimate;
import dev.goldline.reports.statistics.Interval;
import dev.goldline.reports.statistics.Proportion;
import org.junit.jupiter.api.Test;

class LeaderboardTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(5, 400);

    @Test
    void single_samples_have_wilson_intervals() {
        Row row = row(new FieldBuilderForTests()
                .solved(Mode.STANDARD, 0, 10)
                .wrong(Mode.STANDARD, 1, 20)
                .solved(Mode.STANDARD, 2, 30));
        Estimate accuracy = row.accuracy().orElseThrow();
        assertThat(accuracy.value()).isCloseTo(2 / 3.0, within(1e-15));
        assertThat(accuracy.interval()).contains(Proportion.wilson(2, 3));
        assertThat(accuracy.n()).isEqualTo(3);
        assertThat(accuracy.method()).isEqualTo("Wilson");
    }

    @Test
    void repeats_are_clustered_by_problem() {
        // Problem means 1 and 0: SE 1/2 as in StatisticsTest, far wider than for four independent attempts.
        Estimate accuracy = row(new FieldBuilderForTests()
                        .solved(Mode.STANDARD, 0, 10)
                        .solved(Mode.STANDARD, 0, 10)
                        .wrong(Mode.STANDARD, 1, 10)
                        .wrong(Mode.STANDARD, 1, 10))
                .accuracy()
                .orElseThrow();
        assertThat(accuracy.problems()).isEqualTo(2);
        assertThat(accuracy.interval()).contains(new Interval(0, 1));
        assertThat(accuracy.method()).startsWith("t by problem");
    }

    @Test
    void problems_that_do_not_differ_claim_no_certainty() {
        FieldBuilderForTests field = new FieldBuilderForTests();
        for (int i = 0; i < 10; i++) {
            field.solved(Mode.STANDARD, i, 10).solved(Mode.STANDARD, i, 10);
        }
        assertThat(row(field).accuracy().orElseThrow().interval()).contains(Proportion.wilson(10, 10));
    }

    @Test
    void one_problem_has_no_interval_for_others() {
        Row row = row(new FieldBuilderForTests().solved(Mode.STANDARD, 0, 10).wrong(Mode.STANDARD, 0, 20));
        assertThat(row.meanOutputTokens().orElseThrow().interval()).isEmpty();
        assertThat(row.medianOutputTokens().orElseThrow().interval()).isEmpty();
        assertThat(row.accuracy().orElseThrow().method()).isEqualTo("Wilson, this one problem only");
    }

    @Test
    void tokens_and_speed_by_hand() {
        Row row = row(new FieldBuilderForTests()
                .solved(Mode.STANDARD, 0, 10)
                .wrong(Mode.STANDARD, 1, 20)
                .solved(Mode.STANDARD, 2, 60));
        assertThat(row.meanOutputTokens().orElseThrow().value()).isEqualTo(30);
        assertThat(row.medianOutputTokens().orElseThrow().value()).isEqualTo(20);
        assertThat(row.meanThinkingTokens().orElseThrow().value()).isEqualTo(15);
        // A token a millisecond.
        assertThat(row.speed().orElseThrow().value()).isCloseTo(1000, within(1e-9));
        assertThat(row.families()).extracting(Row.FamilyRow::family).containsExactly("even", "odd");
        assertThat(row.families().getFirst().accuracy().orElseThrow().value()).isEqualTo(1);
    }

    @Test
    void unscored_and_unknown_attempts_are_counted_and_never_wrong() {
        Row row = row(new FieldBuilderForTests()
                .solved(Mode.STANDARD, 0, 10)
                .add(Mode.STANDARD, 1, Outcome.UNSCORED, StopReason.STALL, 500)
                .add(Mode.STANDARD, 2, Outcome.UNKNOWN, StopReason.STOP, 20));
        assertThat(row.counts())
                .containsEntry("unscored", 1)
                .containsEntry("unknown", 1)
                .containsEntry("wrong", 0);
        Estimate accuracy = row.accuracy().orElseThrow();
        assertThat(accuracy.n()).isEqualTo(2);
        assertThat(accuracy.range()).contains(new Interval(.5, 1));
        assertThat(accuracy.interval()).contains(Proportion.wilson(1, 2).cover(Proportion.wilson(2, 2)));
        assertThat(row.meanOutputTokens().orElseThrow().value()).isEqualTo(15);
    }

    @Test
    void partial_points_show_as_a_score_beside_the_accuracy() {
        Row row = row(new FieldBuilderForTests()
                .solved(Mode.STANDARD, 0, 10)
                .add(Mode.STANDARD, 1, Outcome.PARTIAL, StopReason.STOP, 10));
        assertThat(row.accuracy().orElseThrow().value()).isEqualTo(.5);
        assertThat(row.score().orElseThrow().value()).isEqualTo(.75);
    }

    @Test
    void pass_at_k_is_the_mean_over_problems() {
        // c of n: 1 of 2 and 2 of 2, so pass@2 = 1; pass@1 would be 3/4.
        Row row = row(new FieldBuilderForTests()
                .solved(Mode.STANDARD, 0, 10)
                .wrong(Mode.STANDARD, 0, 10)
                .solved(Mode.STANDARD, 1, 10)
                .solved(Mode.STANDARD, 1, 10));
        assertThat(row.passAtK()).hasSize(1);
        assertThat(row.passAtK().getFirst().k()).isEqualTo(2);
        assertThat(row.passAtK().getFirst().estimate().value()).isEqualTo(1);
    }

    @Test
    void single_samples_are_compared_by_mcnemar() {
        // Speciale wins 8, standard wins 2, 10 alike.
        FieldBuilderForTests field = new FieldBuilderForTests();
        for (int i = 0; i < 20; i++) {
            boolean standard = i < 2 || i >= 10 && i < 15;
            boolean speciale = i >= 2 && i < 15;
            field.add(Mode.STANDARD, i, standard ? Outcome.CORRECT : Outcome.WRONG, StopReason.STOP, 10);
            field.add(Mode.SPECIALE, i, speciale ? Outcome.CORRECT : Outcome.WRONG, StopReason.STOP, 25);
        }
        Comparison comparison = comparison(field);
        assertThat(comparison.mode()).isEqualTo(Mode.SPECIALE);
        assertThat(comparison.accuracy().value()).isCloseTo(.3, within(1e-12));
        assertThat(comparison.pValue().orElseThrow()).isCloseTo(.109375, within(1e-12));
        assertThat(comparison.better()).isEqualTo(8);
        assertThat(comparison.worse()).isEqualTo(2);
        assertThat(comparison.outputTokens().orElseThrow().value()).isEqualTo(15);
        assertThat(comparison.test()).isEqualTo("McNemar, exact");
    }

    @Test
    void repeats_are_compared_by_problem() {
        // Differences by problem 1/2, 1/2, 1/2: of 8 sign choices two are as extreme.
        FieldBuilderForTests field = new FieldBuilderForTests();
        for (int i = 0; i < 3; i++) {
            field.solved(Mode.STANDARD, i, 10).wrong(Mode.STANDARD, i, 10);
            field.solved(Mode.SPECIALE, i, 10).solved(Mode.SPECIALE, i, 10);
        }
        Comparison comparison = comparison(field);
        assertThat(comparison.accuracy().value()).isEqualTo(.5);
        assertThat(comparison.pValue().orElseThrow()).isEqualTo(.25);
        assertThat(comparison.test()).isEqualTo("sign flip by problem, exact");
    }

    @Test
    void an_undecided_attempt_opens_the_difference_and_takes_the_larger_p() {
        FieldBuilderForTests field = new FieldBuilderForTests();
        for (int i = 0; i < 6; i++) {
            field.wrong(Mode.STANDARD, i, 10);
            field.add(Mode.SPECIALE, i, i == 0 ? Outcome.UNKNOWN : Outcome.CORRECT, StopReason.STOP, 10);
        }
        Comparison comparison = comparison(field);
        assertThat(comparison.accuracy().range()).contains(new Interval(5 / 6.0, 1));
        // Five of five improvements rather than six of six.
        assertThat(comparison.pValue().orElseThrow()).isCloseTo(.0625, within(1e-12));
    }

    @Test
    void modes_that_share_no_problem_are_not_compared() {
        assertThat(Leaderboard.of(
                                new FieldBuilderForTests()
                                        .solved(Mode.STANDARD, 0, 1)
                                        .solved(Mode.SPECIALE, 1, 1)
                                        .build(),
                                BOOTSTRAP)
                        .comparisons())
                .isEmpty();
    }

    private static Row row(FieldBuilderForTests field) {
        return Leaderboard.of(field.build(), BOOTSTRAP).rows().getFirst();
    }

    private static Comparison comparison(FieldBuilderForTests field) {
        return Leaderboard.of(field.build(), BOOTSTRAP).comparisons().getFirst();
    }
}
