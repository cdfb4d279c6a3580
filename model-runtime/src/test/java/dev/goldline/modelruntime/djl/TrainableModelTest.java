package dev.goldline.modelruntime.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.goldline.modelruntime.TestConfigs;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.djl.TrainableModel.Outcome;
import dev.goldline.modelruntime.djl.TrainableModel.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainableModelTest {
    private static final ModelConfig CONFIG = TestConfigs.with(Map.of());
    private static final Settings LEARN = new Settings(false, 0.01, 0.9, 0.95, 0.01, 1, 0.001, true);

    private static TrainableModel model(int workers) {
        return new TrainableModel(CONFIG, TestModels.state(CONFIG, 1), Device.cpu(), workers);
    }

    private static Outcome look(boolean dense, TokenRows... parts) {
        try (TrainableModel model = model(1)) {
            return model.step(List.of(parts), TestModels.look(dense, 1));
        }
    }

    @Test
    void the_number_of_workers_changes_no_weight() {
        List<TrainingState> states = IntStream.rangeClosed(1, 3)
                .mapToObj(workers -> {
                    try (TrainableModel model = model(workers)) {
                        for (int step = 0; step < 3; step++) {
                            model.step(
                                    List.of(
                                            TestModels.rows(CONFIG, step, 16, 5, 11, 16),
                                            TestModels.rows(CONFIG, step, 32, 19, 30),
                                            TestModels.rows(CONFIG, step, 32, 31)),
                                    LEARN);
                        }
                        return model.state();
                    }
                })
                .toList();
        assertThat(states.get(0)).usingRecursiveComparison().isEqualTo(states.get(1));
        assertThat(states.get(0)).usingRecursiveComparison().isEqualTo(states.get(2));
        assertThat(states.get(0).updates()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void padding_changes_nothing(boolean dense) {
        Outcome alone = look(dense, TestModels.rows(CONFIG, 1, 13, 13));
        Outcome padded = look(dense, TestModels.rows(CONFIG, 1, 32, 13));
        assertThat(padded.loss()).isCloseTo(alone.loss(), within(1e-5));
        assertThat(padded.indexerDivergence()).isCloseTo(alone.indexerDivergence(), within(1e-5));
        assertThat(padded.loadImbalance()).isEqualTo(alone.loadImbalance());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void documents_do_not_see_each_other(boolean dense) {
        TokenRows shorter = TestModels.rows(CONFIG, 1, 13, 13);
        TokenRows longer = TestModels.rows(CONFIG, 1, 27, 27);
        Outcome apart = look(dense, shorter, longer);
        Outcome together = look(dense, TestModels.rows(CONFIG, 1, 32, 13, 27));
        // 6 + 1 and 13 + 1 learned tokens: the loss of both is the mean over all of them.
        int few = learned(shorter);
        int many = learned(longer);
        double mean =
                (few * look(dense, shorter).loss() + many * look(dense, longer).loss()) / (few + many);
        assertThat(apart.loss()).isCloseTo(mean, within(1e-5));
        assertThat(together.loss()).isCloseTo(mean, within(1e-5));
        assertThat(together.indexerDivergence()).isCloseTo(apart.indexerDivergence(), within(1e-5));
    }

    private static int learned(TokenRows rows) {
        int learned = 0;
        for (boolean mark : rows.learned()) {
            learned += mark ? 1 : 0;
        }
        return learned;
    }

    @Test
    void a_bias_moves_against_the_load_of_its_expert() {
        TrainingState start = TestModels.state(CONFIG, 1);
        float[][] biases = TrainingState.copyOf(start.biases());
        biases[1][6] = 5; // everybody goes here
        biases[1][0] = -5; // nobody here
        try (TrainableModel model = new TrainableModel(
                CONFIG,
                new TrainingState(start.weights(), start.firstMoment(), start.secondMoment(), biases, 0),
                Device.cpu(),
                1)) {
            Outcome outcome = model.step(
                    List.of(TestModels.rows(CONFIG, 1, 16, 16, 12)),
                    new Settings(true, 0, 0.9, 0.95, 0, 1, 0.25, false));
            float[][] moved = model.state().biases();
            assertThat(moved[1][6]).isEqualTo(4.75f);
            assertThat(moved[1][0]).isEqualTo(-4.75f);
            assertThat(moved[0]).as("a dense layer").containsOnly(0);
            assertThat(outcome.loadImbalance()).isGreaterThan(1);
        }
    }

    @Test
    void a_state_already_taken_does_not_change_with_later_steps() {
        try (TrainableModel model = model(1)) {
            TrainingState before = model.state();
            float[][] biases = TrainingState.copyOf(before.biases());
            float weight = before.weights()[0];
            model.step(List.of(TestModels.rows(CONFIG, 1, 16, 16)), LEARN);
            assertThat(before.biases()).isDeepEqualTo(biases);
            assertThat(before.weights()[0]).isEqualTo(weight);
        }
    }

    @Test
    void kept_mass_is_a_share_and_only_there_if_asked_for() {
        TokenRows rows = TestModels.rows(CONFIG, 1, 32, 32, 25);
        assertThat(look(true, rows).keptMass()).isNaN();
        try (TrainableModel model = model(1)) {
            assertThat(model.step(List.of(rows), LEARN).keptMass()).isBetween(0.05, 1.0);
        }
    }

    @Test
    void a_model_whose_head_is_its_embedding_learns_one_matrix_for_both() {
        ModelConfig tied = TestConfigs.with(Map.of("tie_word_embeddings", true));
        assertThat(ParameterLayout.of(tied).size())
                .isEqualTo(ParameterLayout.of(CONFIG).size() - CONFIG.vocabSize() * CONFIG.hiddenSize());
        try (TrainableModel model = new TrainableModel(tied, TrainingState.initial(tied, 1), Device.cpu(), 1)) {
            List<TokenRows> rows = List.of(TestModels.rows(tied, 1, 16, 16, 12));
            double first = model.step(rows, LEARN).loss();
            for (int step = 0; step < 10; step++) {
                model.step(rows, LEARN);
            }
            assertThat(model.step(rows, LEARN).loss()).isLessThan(first - 0.5);
        }
    }

    @Test
    void refuses_a_state_of_another_configuration() {
        TrainingState other = TrainingState.initial(TestConfigs.with(Map.of("hidden_size", 25)), 1);
        assertThatThrownBy(() -> new TrainableModel(CONFIG, other, Device.cpu(), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("belongs to another configuration");
    }
}
