package dev.goldline.modelruntime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.goldline.modelruntime.TestConfigs;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.inference.CausalSequence;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.kernels.PackedMatrix;
import dev.goldline.modelruntime.training.Trainer.Result;
import dev.goldline.modelruntime.training.Trainer.Sitting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private static final ModelConfig CONFIG = TestConfigs.with(Map.of());
    private static final Duration FOR_EVER = Duration.ofDays(1);
    private static final TrainingRecipe SHORT = Recipes.of(1500, 250, 2, 24);

    @TempDir
    Path folder;

    private final List<TrainingProgress> seen = new ArrayList<>();

    private static Trainer trainer(ModelConfig config, TrainingRecipe recipe) {
        return new Trainer(
                config,
                recipe,
                Documents.counting(config.vocabSize(), 24),
                "counting",
                InstantSource.fixed(Instant.EPOCH));
    }

    private static Sitting sitting(Duration longest, int workers) {
        return new Sitting(Device.cpu(), workers, 1, longest, 1000, () -> false);
    }

    private Result run(Trainer trainer, Path where, Duration longest, int workers) throws IOException {
        return trainer.run(where, sitting(longest, workers), seen::add);
    }

    @Test
    void the_loss_falls_far_below_chance() throws IOException {
        Trainer trainer = trainer(CONFIG, Recipes.of(40 * 600, 600, 2, 24));
        Result result = run(trainer, folder, FOR_EVER, 2);

        assertThat(result.finished()).isTrue();
        assertThat(result.steps()).isLessThanOrEqualTo(40);
        assertThat(seen.getFirst().outcome().loss()).isBetween(4.0, 4.3); // ln 61 = 4.11
        assertThat(seen.getLast().outcome().loss()).isLessThan(2.0);
        assertThat(seen.getFirst().dense()).isTrue();
        assertThat(seen.getLast().dense()).isFalse();
        double first = seen.getFirst().outcome().indexerDivergence();
        assertThat(seen.stream()
                        .filter(TrainingProgress::dense)
                        .toList()
                        .getLast()
                        .outcome()
                        .indexerDivergence())
                .isLessThan(first);
    }

    @Test
    void many_sittings_end_in_the_very_state_of_one() throws IOException {
        Path once = folder.resolve("once");
        Path often = folder.resolve("often");
        Trainer trainer = trainer(CONFIG, SHORT);
        Result uninterrupted = run(trainer, once, FOR_EVER, 1);
        List<Double> losses = losses();
        seen.clear();
        int sittings = 0;
        Result last;
        do {
            last = run(trainer, often, Duration.ZERO, 2); // a step each, and another number of threads
            sittings++;
        } while (!last.finished());

        assertThat(sittings).isEqualTo((int) uninterrupted.steps()).isGreaterThan(4);
        assertThat(last).isEqualTo(uninterrupted);
        assertThat(losses()).isEqualTo(losses);
        assertThat(Files.readAllBytes(often.resolve("training-state.bin")))
                .isEqualTo(Files.readAllBytes(once.resolve("training-state.bin")));
    }

    private List<Double> losses() {
        return seen.stream().map(at -> at.outcome().loss()).toList();
    }

    @Test
    void a_finished_run_is_left_as_it_is() throws IOException {
        Trainer trainer = trainer(CONFIG, SHORT);
        Result first = run(trainer, folder, FOR_EVER, 1);
        seen.clear();
        assertThat(run(trainer, folder, FOR_EVER, 1)).isEqualTo(first);
        assertThat(seen).isEmpty();
    }

    @Test
    void a_sitting_told_to_stop_saves_what_it_has_and_ends() throws IOException {
        Sitting stopped = new Sitting(Device.cpu(), 1, 1, FOR_EVER, 1000, () -> seen.size() == 3);
        Result result = trainer(CONFIG, SHORT).run(folder, stopped, seen::add);
        assertThat(result.finished()).isFalse();
        assertThat(result.steps()).isEqualTo(3);
        assertThat(run(trainer(CONFIG, SHORT), folder, Duration.ZERO, 1).steps())
                .isEqualTo(4);
    }

    @Test
    void time_is_added_up_over_sittings() throws IOException {
        AtomicLong seconds = new AtomicLong();
        Trainer trainer = new Trainer(
                CONFIG,
                SHORT,
                Documents.counting(CONFIG.vocabSize(), 24),
                "counting",
                () -> Instant.ofEpochSecond(seconds.getAndIncrement()));
        assertThat(run(trainer, folder, Duration.ofSeconds(2), 1))
                .isEqualTo(new Result(false, 2, seen.get(1).tokens(), Duration.ofSeconds(2)));
        seconds.set(1_000_000);
        assertThat(run(trainer, folder, Duration.ofSeconds(1), 1).trained()).hasSeconds(3);
        assertThat(seen.getLast().tokensPerSecond())
                .as("speed of this sitting")
                .isEqualTo(seen.get(2).tokens() - seen.get(1).tokens());
    }

    @Test
    void refuses_the_state_of_another_recipe_configuration_or_data() throws IOException {
        run(trainer(CONFIG, SHORT), folder, Duration.ZERO, 1);
        TrainingRecipe longer = Recipes.of(1501, 250, 2, 24);
        Trainer otherData =
                new Trainer(CONFIG, SHORT, Documents.counting(61, 24), "other", InstantSource.fixed(Instant.EPOCH));
        for (Trainer other : List.of(
                trainer(CONFIG, longer), trainer(TestConfigs.with(Map.of("rope_theta", 5000)), SHORT), otherData)) {
            assertThatThrownBy(() -> run(other, folder, FOR_EVER, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("training-state.bin belongs to another recipe, configuration or data")
                    .hasMessageContaining("choose another folder");
        }
    }

    @Test
    void refuses_a_state_that_was_cut_off_or_changed() throws IOException {
        Trainer trainer = trainer(CONFIG, SHORT);
        run(trainer, folder, Duration.ZERO, 1);
        Path file = folder.resolve("training-state.bin");
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {0, 3, 10, 40, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> run(trainer, folder, FOR_EVER, 1))
                    .as("cut to %d bytes", length)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(file + " ends too early, after " + length
                            + " bytes: it is damaged; restore a copy, or remove it to train from the start");
        }
        byte[] changed = whole.clone();
        changed[whole.length / 2] ^= 1;
        for (byte[] wrong : List.of(changed, Arrays.copyOf(whole, whole.length + 1))) {
            Files.write(file, wrong);
            assertThatThrownBy(() -> run(trainer, folder, FOR_EVER, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("does not match its checksum");
        }
        Files.writeString(file, "not a state at all");
        assertThatThrownBy(() -> run(trainer, folder, FOR_EVER, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is no training state of this version");
    }

    @Test
    void what_is_written_as_a_checkpoint_counts_on_in_the_native_engine() throws IOException {
        Trainer trainer = trainer(CONFIG, Recipes.of(60 * 600, 600, 2, 24));
        run(trainer, folder, FOR_EVER, 2);
        Path out = folder.resolve("checkpoint");
        trainer.export(folder, out, DType.BF16);
        try (Checkpoint checkpoint = Checkpoint.open(out);
                NativeCausalModel model = NativeCausalModel.load(checkpoint, LoadOptions.in(PackedMatrix.Format.FP32));
                CausalSequence sequence = model.newSequence()) {
            assertThat(checkpoint.config()).isEqualTo(CONFIG);
            float[] logits = sequence.append(20, 21, 22, 23, 24, 25);
            int best = 0;
            for (int i = 0; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            assertThat(best).isEqualTo(26);
        }
    }

    @Test
    void nothing_is_exported_where_nothing_was_trained() {
        assertThatThrownBy(() -> trainer(CONFIG, SHORT).export(folder, folder.resolve("out"), DType.F32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no training state in " + folder);
    }
}
