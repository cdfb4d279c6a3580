package dev.goldline.modelruntime.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.goldline.modelruntime.TestConfigs;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.djl.ParameterLayout.Slot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients against differences of the losses they belong to, along random directions within each block of weights. */
class GradientTest {
    private static final ModelConfig CONFIG = TestConfigs.with(Map.of(
            "num_hidden_layers", 2, "num_experts_per_tok", 4, "n_routed_experts", 4, "n_group", 1, "topk_group", 1));
    private static final TrainingState STATE = TestModels.state(CONFIG, 3);
    private static final List<TokenRows> ROWS = List.of(TestModels.rows(CONFIG, 1, 16, 9, 14));
    private static final double STEP = 4e-2;

    private record Seen(TrainableModel.Outcome outcome, float[] gradient) {}

    private static Seen look(TrainingState state, boolean dense, double indexerWeight) {
        try (TrainableModel model = new TrainableModel(CONFIG, state, Device.cpu(), 1)) {
            TrainableModel.Outcome outcome = model.step(ROWS, TestModels.look(dense, indexerWeight));
            return new Seen(outcome, model.state().firstMoment());
        }
    }

    private static boolean isOfIndexer(Slot slot) {
        return slot.name().contains(".indexer.");
    }

    /** A direction of length 1 that has something of the gradient and something random. */
    private static double[] direction(float[] gradient, Slot slot) {
        SplittableRandom random = new SplittableRandom(slot.offset());
        double norm = norm(Arrays.copyOfRange(gradient, slot.offset(), slot.offset() + slot.size()));
        double[] direction = new double[slot.size()];
        double square = 0;
        for (int i = 0; i < direction.length; i++) {
            direction[i] =
                    gradient[slot.offset() + i] / norm + 0.5 * random.nextGaussian() / Math.sqrt(direction.length);
            square += direction[i] * direction[i];
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] /= Math.sqrt(square);
        }
        return direction;
    }

    private static double norm(float[] values) {
        double square = 0;
        for (float value : values) {
            square += (double) value * value;
        }
        return Math.sqrt(square);
    }

    private static TrainingState moved(Slot slot, double[] direction, double by) {
        float[] weights = STATE.weights().clone();
        for (int i = 0; i < direction.length; i++) {
            weights[slot.offset() + i] += (float) (by * direction[i]);
        }
        return TestModels.withWeights(STATE, weights);
    }

    private static double dot(float[] gradient, Slot slot, double[] direction) {
        double sum = 0;
        for (int i = 0; i < direction.length; i++) {
            sum += gradient[slot.offset() + i] * direction[i];
        }
        return sum;
    }

    @Test
    void the_loss_falls_along_its_gradient_as_far_as_the_gradient_says() {
        float[] gradient = look(STATE, true, 0).gradient();
        for (Slot slot : ParameterLayout.of(CONFIG).slots()) {
            if (isOfIndexer(slot)) {
                continue;
            }
            double[] direction = direction(gradient, slot);
            double up = look(moved(slot, direction, STEP), true, 0).outcome().loss();
            double down = look(moved(slot, direction, -STEP), true, 0).outcome().loss();
            double expected = dot(gradient, slot, direction);
            assertThat((up - down) / (2 * STEP))
                    .as(slot.name())
                    .isCloseTo(expected, within(0.03 * Math.abs(expected) + 1e-4));
            assertThat(expected).as(slot.name()).isNotZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_indexers_divergence_falls_along_its_gradient(boolean dense) {
        float[] gradient = look(STATE, dense, 1).gradient();
        for (Slot slot : ParameterLayout.of(CONFIG).slots()) {
            if (!isOfIndexer(slot)) {
                continue;
            }
            double step = dense ? 1e-2 : 2e-3; // longer ones cross kinks of ReLU, or select other keys
            double[] direction = direction(gradient, slot);
            double up = look(moved(slot, direction, step), dense, 1).outcome().indexerDivergence();
            double down =
                    look(moved(slot, direction, -step), dense, 1).outcome().indexerDivergence();
            double expected = dot(gradient, slot, direction);
            assertThat((up - down) / (2 * step) * CONFIG.numHiddenLayers())
                    .as(slot.name())
                    .isCloseTo(expected, within(0.03 * Math.abs(expected) + (dense ? 1e-4 : 1e-3)));
            assertThat(expected).as(slot.name()).isNotZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_indexer_learns_from_its_divergence_alone_and_nothing_else_learns_from_it(boolean dense) {
        float[] without = look(STATE, dense, 0).gradient();
        float[] with = look(STATE, dense, 1).gradient();
        for (Slot slot : ParameterLayout.of(CONFIG).slots()) {
            float[] before = Arrays.copyOfRange(without, slot.offset(), slot.offset() + slot.size());
            float[] after = Arrays.copyOfRange(with, slot.offset(), slot.offset() + slot.size());
            if (isOfIndexer(slot)) {
                assertThat(before).as(slot.name()).containsOnly(0);
                assertThat(norm(after)).as(slot.name()).isPositive();
            } else {
                assertThat(after).as(slot.name()).isEqualTo(before);
            }
        }
    }

    /** d KL(p || softmax(I)) / dI = softmax(I) - p. */
    @Test
    void the_gradient_of_the_divergence_by_the_scores_is_what_the_indexer_gives_less_what_attention_gives() {
        int keys = 4;
        float[] scores = {0.3f, 0, 0, 0, -1, 2, 0, 0, 0.5f, 0.1f, -0.7f, 0, 1, -2, 0, 0.25f};
        float[] attention = {1, 0, 0, 0, 0.2f, 0.8f, 0, 0, 0.1f, 0.3f, 0.6f, 0, 0.25f, 0.25f, 0.5f, 0};
        try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
                TransformerConstants constants = new TransformerConstants(CONFIG, manager, Device.cpu())) {
            Tensors.recordGradients(true);
            NDArray leaf = manager.create(scores, new Shape(1, keys, keys));
            leaf.setRequiresGradient(true);
            NDArray blocked = constants.blocked(0, keys);
            NDArray share = manager.create(new float[] {1, 1, 1, 1}, new Shape(1, keys));
            IndexerObjective objective = new IndexerObjective(share, 2, false);
            objective.layer(leaf, manager.create(attention, new Shape(1, 1, keys, keys)), blocked, blocked, constants);
            Tensors.backward(objective.divergence());

            float[] found = leaf.getGradient().toType(DataType.FLOAT32, false).toFloatArray();
            for (int query = 0; query < keys; query++) {
                double sum = 0;
                for (int key = 0; key <= query; key++) {
                    sum += Math.exp(scores[query * keys + key]);
                }
                for (int key = 0; key < keys; key++) {
                    double given = key <= query ? Math.exp(scores[query * keys + key]) / sum : 0;
                    assertThat((double) found[query * keys + key])
                            .isCloseTo(given - attention[query * keys + key], within(1e-6));
                }
            }
        } finally {
            Tensors.recordGradients(false);
        }
    }
}
