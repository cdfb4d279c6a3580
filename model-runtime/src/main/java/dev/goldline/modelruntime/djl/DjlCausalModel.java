package dev.goldline.modelruntime.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.FloatFormats;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.inference.CausalModel;
import dev.goldline.modelruntime.inference.CausalSequence;
import dev.goldline.modelruntime.inference.DiscreteChoices;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/** The tensor implementation as a model to run: operation by operation, computing in fp32. */
public final class DjlCausalModel implements CausalModel {
    private final ModelConfig config;
    private final ParameterLayout layout;
    private final NDManager manager;
    private final NDArray flat;
    private final NDArray biases;

    private DjlCausalModel(ModelConfig config, CheckpointWeights weights) {
        this.config = config;
        layout = ParameterLayout.of(config);
        manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        flat = manager.create(weights.flat());
        biases = manager.create(weights.biases());
    }

    /** Reads all weights of a checkpoint. */
    public static DjlCausalModel load(Checkpoint checkpoint) {
        return of(checkpoint.config(), CheckpointWeights.read(checkpoint));
    }

    /**
     * Reads all weights of a checkpoint and rounds to bf16 what the native engine rounds in that format: embedding, head
     * and feed-forward. Attention, whose scores decide between keys, and the router stay as they are.
     */
    public static DjlCausalModel loadRounded(Checkpoint checkpoint) {
        CheckpointWeights weights = CheckpointWeights.read(checkpoint);
        float[] flat = weights.flat().clone();
        for (ParameterLayout.Slot slot : ParameterLayout.of(checkpoint.config()).slots()) {
            if (isRounded(slot)) {
                for (int i = slot.offset(); i < slot.offset() + slot.size(); i++) {
                    flat[i] = FloatFormats.fromBf16(FloatFormats.toBf16(flat[i]));
                }
            }
        }
        return of(checkpoint.config(), new CheckpointWeights(flat, weights.biases()));
    }

    private static boolean isRounded(ParameterLayout.Slot slot) {
        return switch (slot.kind()) {
            case EMBEDDING, HEAD -> true;
            case MATRIX, RESIDUAL_MATRIX -> !slot.name().contains(".self_attn.");
            case ROUTER, SCALE, SHIFT -> false;
        };
    }

    /** The weights given. */
    public static DjlCausalModel of(ModelConfig config, CheckpointWeights weights) {
        return new DjlCausalModel(config, weights);
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    /**
     * What one pass over a prompt showed.
     *
     * @param logits [position][vocabulary]
     * @param selected [layer][position]: keys, ascending
     * @param experts [layer][position]: experts of a token; empty in dense layers
     */
    public record Shown(float[][] logits, int[][][] selected, int[][][] experts) {}

    /** One forward pass over a whole prompt, without a cache; with the caller's keys and experts if given. */
    public Shown forward(int[] ids, Optional<DiscreteChoices> forced) {
        int[][][] selected = new int[config.numHiddenLayers()][][];
        int[][][] experts = new int[config.numHiddenLayers()][ids.length][0];
        ForwardObserver observer = new ForwardObserver() {
            @Override
            public void selected(int layer, NDArray keys) {
                selected[layer] = positions(keys, ids.length);
            }

            @Override
            public void routed(int layer, NDArray chosen) {
                long[] all = chosen.toLongArray();
                int each = all.length / ids.length;
                Arrays.setAll(
                        experts[layer],
                        t -> Arrays.stream(all, t * each, (t + 1) * each)
                                .mapToInt(Math::toIntExact)
                                .toArray());
            }
        };
        try (Run run = new Run(ForwardPass.whole(config.indexTopk(), observer, forced));
                NDArray logits = run.forward(ids)) {
            float[] all = logits.toFloatArray();
            float[][] rows = new float[ids.length][];
            Arrays.setAll(rows, t -> Arrays.copyOfRange(all, t * config.vocabSize(), (t + 1) * config.vocabSize()));
            return new Shown(rows, selected, experts);
        }
    }

    /** The true columns of each row. */
    private static int[][] positions(NDArray flags, int rows) {
        boolean[] all = flags.toBooleanArray();
        int keys = all.length / rows;
        int[][] positions = new int[rows][];
        Arrays.setAll(
                positions,
                t -> IntStream.range(0, keys).filter(s -> all[t * keys + s]).toArray());
        return positions;
    }

    @Override
    public CausalSequence newSequence() {
        return new Sequence(
                new Run(ForwardPass.cached(config.indexTopk(), config.numHiddenLayers(), ForwardObserver.NONE)));
    }

    @Override
    public void close() {
        manager.close();
    }

    /** A pass with the tensors it works on; frees what every call makes. */
    private final class Run implements AutoCloseable {
        private final ForwardPass pass;
        private final TransformerConstants constants = new TransformerConstants(config, manager, Device.cpu());
        private final Transformer transformer = new Transformer(config, constants);

        Run(ForwardPass pass) {
            this.pass = pass;
        }

        /** The logits, [1, T, V], for the caller to close. */
        NDArray forward(int[] ids) {
            Tensors.recordGradients(false);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray input = manager.create(checked(ids), new Shape(1, ids.length));
                NDArray logits = transformer.forward(input, Weights.of(layout, flat), biases, pass);
                NDScope.unregister(logits);
                return logits;
            }
        }

        private long[] checked(int[] ids) {
            for (int id : ids) {
                if (id < 0 || id >= config.vocabSize()) {
                    throw new IllegalArgumentException(
                            "token id " + id + " is outside the vocabulary of " + config.vocabSize());
                }
            }
            return Arrays.stream(ids).asLongStream().toArray();
        }

        @Override
        public void close() {
            pass.close();
            constants.close();
        }
    }

    private final class Sequence implements CausalSequence {
        private final Run run;
        private int length;

        Sequence(Run run) {
            this.run = run;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public float[] append(int... ids) {
            if (ids.length == 0) {
                throw new IllegalArgumentException("no token to append");
            }
            try (NDArray logits = run.forward(ids)) {
                length += ids.length;
                float[] all = logits.toFloatArray();
                return Arrays.copyOfRange(all, all.length - config.vocabSize(), all.length);
            }
        }

        @Override
        public void close() {
            run.close();
        }
    }
}
