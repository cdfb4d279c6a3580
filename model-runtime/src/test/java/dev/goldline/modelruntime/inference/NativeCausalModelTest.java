package dev.goldline.modelruntime.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.goldline.modelruntime.TestConfigs;
import dev.goldline.modelruntime.TestConfigs.Edit;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;
import dev.goldline.modelruntime.checkpoint.RandomCheckpoint;
import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.kernels.PackedMatrix.Format;
import dev.goldline.modelruntime.observation.TokenObserver;
import dev.goldline.modelruntime.observation.TokenWork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class NativeCausalModelTest {
    private static final int TOKENS = 83;

    @TempDir
    Path folder;

    static Stream<Arguments> shapes() {
        return Stream.of(
                shape("as V3.2 in small", e -> e),
                shape("one group", e -> e.groups(1, 1)),
                shape("all groups kept", e -> e.groups(4, 4)),
                shape("several dense layers", e -> e.layers(32, 4, 3)),
                shape("no dense layer", e -> e.layers(32, 2, 0)),
                shape("only dense layers", e -> e.layers(32, 2, 2)),
                shape("no shared expert", e -> e.experts(8, 3, 0)),
                shape("two shared experts", e -> e.experts(8, 3, 2)),
                shape("one expert a token", e -> e.experts(8, 1, 1)),
                shape("weights not normalised", e -> e.weights(false, 1.3)),
                shape("one head", e -> e.heads(1, 16, 8, 12)),
                shape(
                        "odd dimensions",
                        e -> e.layers(33, 3, 1).heads(3, 7, 6, 5).index(5, 11, 6)),
                shape("more heads than lanes", e -> e.heads(19, 5, 2, 3)),
                shape("one index head", e -> e.index(1, 12, 6)),
                shape("index heads past four", e -> e.index(9, 8, 6)),
                shape("rotary width equal to the index width", e -> e.index(3, 8, 6)),
                shape("one key selected", e -> e.index(3, 12, 1)),
                shape("every key selected", e -> e.index(3, 12, 1000)),
                shape("interleaved indexer", e -> e.rope(Optional.empty(), true)),
                shape("YaRN", e -> e.rope(Optional.of(new RopeScaling(40, 32, 1, 1, 1, 16)), false)),
                shape(
                        "YaRN with two magnitudes",
                        e -> e.rope(Optional.of(new RopeScaling(8, 16, 2, 0.7, 1.2, 32)), true)),
                shape("YaRN without magnitudes", e -> e.rope(Optional.of(new RopeScaling(8, 16, 2, 0, 0, 32)), false)),
                shape("tied embeddings", Edit::tied));
    }

    private static Arguments shape(String name, UnaryOperator<Edit> edit) {
        return Arguments.of(
                name, edit.apply(TestConfigs.edit(TestConfigs.small())).build());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void computes_what_the_plain_model_computes(String name, ModelConfig config) throws IOException {
        RandomCheckpoint.write(folder, config, DType.F32, 11);
        int[] ids = ids(config);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            PlainModel plain = new PlainModel(checkpoint, ids.length);
            double[][] expected = plain.logits(ids);
            Recorder recorder = new Recorder(config, ids.length);
            float[][] found = forward(load(checkpoint, Format.FP32), ids, SequenceOptions.observedBy(recorder));
            for (int t = 0; t < ids.length; t++) {
                for (int v = 0; v < config.vocabSize(); v++) {
                    assertThat((double) found[t][v])
                            .as("position %d, token %d", t, v)
                            .isCloseTo(expected[t][v], within(1e-4));
                }
            }
            for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
                for (int t = 0; t < ids.length; t++) {
                    assertThat(recorder.selected[layer][t]).isEqualTo(plain.selected[layer][t]);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void the_scalar_kernels_give_the_same_bits(String name, ModelConfig config) throws IOException {
        RandomCheckpoint.write(folder, config, DType.BF16, 5);
        int[] ids = ids(config);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            LoadOptions options = LoadOptions.in(Format.BF16);
            NativeCausalModel scalar = NativeCausalModel.load(checkpoint, options.withKernels(Kernels.scalar()));
            float[][] expected = forward(scalar, ids, SequenceOptions.DEFAULT);
            assertThat(forward(NativeCausalModel.load(checkpoint, options), ids, SequenceOptions.DEFAULT))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void weights_held_without_rounding_give_the_bits_of_fp32(String name, ModelConfig config) throws IOException {
        for (DType stored : new DType[] {DType.BF16, DType.F32}) {
            Path copy = folder.resolve(stored.name());
            RandomCheckpoint.write(copy, config, stored, 6);
            int[] ids = ids(config);
            try (Checkpoint checkpoint = Checkpoint.open(copy)) {
                float[][] expected = forward(load(checkpoint, Format.FP32), ids, SequenceOptions.DEFAULT);
                NativeCausalModel exact = NativeCausalModel.load(checkpoint, LoadOptions.exact());
                assertThat(forward(exact, ids, SequenceOptions.DEFAULT)).isEqualTo(expected);
            }
        }
    }

    @Test
    void any_cut_into_calls_gives_the_same_bits() throws IOException {
        NativeCausalModel model = small();
        int[] ids = ids(model.config());
        float[][] whole = forward(model, ids, SequenceOptions.DEFAULT);
        int[][] cuts = {
            {1, 1, 1, 80},
            {10, 73},
            {70, 13},
            {7, 9, 8, 59},
            IntStream.range(0, TOKENS).map(i -> 1).toArray()
        };
        for (int[] cut : cuts) {
            try (NativeSequence sequence = model.newSequence()) {
                int at = 0;
                for (int tokens : cut) {
                    float[] logits = sequence.append(Arrays.copyOfRange(ids, at, at + tokens));
                    at += tokens;
                    assertThat(logits)
                            .as("cut %s at %d", Arrays.toString(cut), at)
                            .containsExactly(whole[at - 1]);
                }
                assertThat(sequence.length()).isEqualTo(TOKENS);
            }
        }
    }

    @Test
    void selecting_every_key_is_dense_attention_to_the_bit() throws IOException {
        RandomCheckpoint.write(folder, TestConfigs.small(), DType.F32, 3);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            int[] ids = ids(checkpoint.config());
            LoadOptions options = LoadOptions.in(Format.FP32);
            NativeCausalModel dense = NativeCausalModel.load(checkpoint, options.withIndexTopk(Integer.MAX_VALUE));
            DiscreteChoices all =
                    choices((layer, t) -> IntStream.rangeClosed(0, t).toArray(), dense, ids);
            NativeCausalModel sparse = NativeCausalModel.load(checkpoint, options);
            assertThat(forward(sparse, ids, new SequenceOptions(Optional.empty(), Optional.of(all))))
                    .isEqualTo(forward(dense, ids, SequenceOptions.DEFAULT))
                    .isNotEqualTo(forward(sparse, ids, SequenceOptions.DEFAULT));
        }
    }

    @Test
    void forcing_its_own_choices_changes_nothing() throws IOException {
        NativeCausalModel model = small();
        int[] ids = ids(model.config());
        Recorder recorder = new Recorder(model.config(), ids.length);
        float[][] free = forward(model, ids, SequenceOptions.observedBy(recorder));
        DiscreteChoices own = new DiscreteChoices() {
            @Override
            public int[] keys(int layer, int position) {
                return recorder.selected[layer][position];
            }

            @Override
            public int[] experts(int layer, int position) {
                return recorder.experts[layer][position];
            }
        };
        assertThat(forward(model, ids, new SequenceOptions(Optional.empty(), Optional.of(own))))
                .isEqualTo(free);
    }

    @Test
    void refuses_forced_keys_that_are_not_causal() throws IOException {
        NativeCausalModel model = small();
        int[] ids = ids(model.config());
        DiscreteChoices future = choices((layer, t) -> new int[] {0, t + 1}, model, ids);
        try (NativeSequence sequence = model.newSequence(new SequenceOptions(Optional.empty(), Optional.of(future)))) {
            assertThatThrownBy(() -> sequence.append(ids))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("layer 0, position 0: key 1 is not ascending within 0 to 0");
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void a_bf16_checkpoint_is_the_same_model_in_either_format(Format format) throws IOException {
        RandomCheckpoint.write(folder, TestConfigs.small(), DType.BF16, 3);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            int[] ids = ids(checkpoint.config());
            assertThat(forward(load(checkpoint, format), ids, SequenceOptions.DEFAULT))
                    .isEqualTo(forward(load(checkpoint, Format.FP32), ids, SequenceOptions.DEFAULT));
        }
    }

    @Test
    void sequences_on_several_threads_do_not_disturb_each_other() throws Exception {
        NativeCausalModel model = small();
        int[] ids = ids(model.config());
        float[][] expected = forward(model, ids, SequenceOptions.DEFAULT);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<float[][]>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(() -> forward(model, ids, SequenceOptions.DEFAULT)));
            }
            for (Future<float[][]> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void tells_an_observer_what_happened() throws IOException {
        NativeCausalModel model = small();
        int[] ids = ids(model.config());
        Recorder recorder = new Recorder(model.config(), ids.length);
        forward(model, ids, SequenceOptions.observedBy(recorder));
        assertThat(recorder.selected[0][3]).containsExactly(0, 1, 2, 3);
        assertThat(recorder.selected[2][TOKENS - 1]).hasSize(6);
        assertThat(recorder.experts[0][0]).isNull();
        assertThat(recorder.experts[1][0]).hasSize(3).doesNotHaveDuplicates();
        assertThat(recorder.mass[1][5]).isEqualTo(1);
        assertThat(recorder.mass[1][TOKENS - 1]).isStrictlyBetween(0.0, 1.0);
        assertThat(recorder.work[5].indexerFlops()).isZero();
        assertThat(recorder.work[6].indexerFlops()).isEqualTo(2.0 * 3 * 12 * 7 * 3);
        assertThat(recorder.work[6].attentionFlops()).isEqualTo(2.0 * 4 * (2 * 16 + 8) * 6 * 3);
    }

    @Test
    void the_kept_mass_is_the_share_of_the_dense_softmax() throws IOException {
        RandomCheckpoint.write(folder, TestConfigs.small(), DType.F32, 3);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            int[] ids = ids(checkpoint.config());
            NativeCausalModel model = load(checkpoint, Format.FP32);
            // Each key alone keeps its own share; together they keep everything.
            double total = 0;
            for (int key = 0; key < 9; key++) {
                int only = key;
                Recorder recorder = new Recorder(model.config(), 9);
                DiscreteChoices one =
                        choices((layer, t) -> layer == 0 && t == 8 ? new int[] {only} : new int[] {0}, model, ids);
                forward(model, Arrays.copyOf(ids, 9), new SequenceOptions(Optional.of(recorder), Optional.of(one)));
                total += recorder.mass[0][8];
            }
            assertThat(total).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void refuses_ids_outside_the_vocabulary_and_empty_calls() throws IOException {
        NativeSequence sequence = small().newSequence();
        assertThatThrownBy(() -> sequence.append(41)).hasMessage("token id 41 is outside the vocabulary, 0 to 40");
        assertThatThrownBy(() -> sequence.append(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(sequence::append).hasMessageContaining("no token to append");
        sequence.close();
        assertThatThrownBy(() -> sequence.append(1)).isInstanceOf(IllegalStateException.class);
    }

    private NativeCausalModel small() throws IOException {
        RandomCheckpoint.write(folder, TestConfigs.small(), DType.F32, 3);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return load(checkpoint, Format.FP32);
        }
    }

    private static NativeCausalModel load(Checkpoint checkpoint, Format format) {
        return NativeCausalModel.load(checkpoint, LoadOptions.in(format));
    }

    private static int[] ids(ModelConfig config) {
        return new SplittableRandom(9).ints(TOKENS, 0, config.vocabSize()).toArray();
    }

    private static float[][] forward(NativeCausalModel model, int[] ids, SequenceOptions options) {
        float[][] logits = new float[ids.length][];
        try (NativeSequence sequence = model.newSequence(options)) {
            sequence.appendEach(ids, (position, row) -> logits[position] = row.clone());
        }
        return logits;
    }

    private interface Keys {
        int[] of(int layer, int position);
    }

    /** Keys of the test's choice with the model's own experts. */
    private static DiscreteChoices choices(Keys keys, NativeCausalModel model, int[] ids) {
        Recorder recorder = new Recorder(model.config(), ids.length);
        forward(model, ids, SequenceOptions.observedBy(recorder));
        return new DiscreteChoices() {
            @Override
            public int[] keys(int layer, int position) {
                return keys.of(layer, position);
            }

            @Override
            public int[] experts(int layer, int position) {
                return recorder.experts[layer][position];
            }
        };
    }

    /** Keeps what it is told. */
    private static final class Recorder implements TokenObserver {
        private final int[][][] selected;
        private final int[][][] experts;
        private final double[][] mass;
        private final TokenWork[] work;

        Recorder(ModelConfig config, int positions) {
            selected = new int[config.numHiddenLayers()][positions][];
            experts = new int[config.numHiddenLayers()][positions][];
            mass = new double[config.numHiddenLayers()][positions];
            work = new TokenWork[positions];
        }

        @Override
        public void selected(int layer, int position, int[] keys, int count) {
            selected[layer][position] = Arrays.copyOf(keys, count);
        }

        @Override
        public void routed(int layer, int position, int[] chosen, float[] weights, int count) {
            experts[layer][position] = Arrays.copyOf(chosen, count);
        }

        @Override
        public boolean wantsKeptMass() {
            return true;
        }

        @Override
        public void keptMass(int layer, int position, double share) {
            mass[layer][position] = share;
        }

        @Override
        public void worked(int position, TokenWork tokenWork) {
            work[position] = tokenWork;
        }
    }
}
