package dev.goldline.modelruntime.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.inference.CausalModel;
import dev.goldline.modelruntime.inference.CausalSequence;

/** The tensor implementation as a model to run, operation by operation and in fp32. */
public final class DjlCausalModel implements CausalModel {
    private final ModelConfig config;
    private final NDManager manager;
    private final NDArray flat;
    private final NDArray biases;
    private final ParameterLayout layout;
    private final int topk;

    private DjlCausalModel(ModelConfig config, CheckpointWeights weights, int topk) {
        this.config = config;
        this.topk = topk;
        layout = ParameterLayout.of(config);
        manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        flat = manager.create(weights.flat());
        biases = manager.create(weights.biases());
    }

    /** Reads all weights of a checkpoint. */
    public static DjlCausalModel load(Checkpoint checkpoint) {
        return new DjlCausalModel(
                checkpoint.config(),
                CheckpointWeights.read(checkpoint),
                checkpoint.config().indexTopk());
    }

    /** The weights given. */
    public static DjlCausalModel of(ModelConfig config, CheckpointWeights weights) {
        return new DjlCausalModel(config, weights, config.indexTopk());
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    /**
     * One forward pass over a whole prompt, without a cache.
     *
     * @param ids the prompt
     * @param selections told the selected keys of every layer
     * @return logits, [T][V]
     */
    public float[][] logits(int[] ids, Selections selections) {
        try (Run run = new Run(ForwardPass.whole(topk, observer(selections)))) {
            float[] all = run.forward(ids).toFloatArray();
            float[][] rows = new float[ids.length][config.vocabSize()];
            for (int t = 0; t < ids.length; t++) {
                System.arraycopy(all, t * config.vocabSize(), rows[t], 0, config.vocabSize());
            }
            return rows;
        }
    }

    /** Told which keys a layer selected. */
    @FunctionalInterface
    public interface Selections {
        /** @param selected [T][S]: true where query t selected key s */
        void layer(int layer, boolean[][] selected);
    }

    private static ForwardObserver observer(Selections selections) {
        return new ForwardObserver() {
            @Override
            public void selected(int layer, NDArray selected) {
                Shape shape = selected.getShape();
                int keys = (int) shape.get(shape.dimension() - 1);
                boolean[] flags = selected.toBooleanArray();
                boolean[][] rows = new boolean[flags.length / keys][keys];
                for (int t = 0; t < rows.length; t++) {
                    System.arraycopy(flags, t * keys, rows[t], 0, keys);
                }
                selections.layer(layer, rows);
            }
        };
    }

    @Override
    public CausalSequence newSequence() {
        return new Sequence(new Run(ForwardPass.cached(topk, config.numHiddenLayers(), ForwardObserver.NONE)));
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

        /** The logits, [1, T, V]; the caller reads them before the next call. */
        NDArray forward(int[] ids) {
            Tensors.recordGradients(false);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                long[] wide = new long[ids.length];
                for (int i = 0; i < ids.length; i++) {
                    if (ids[i] < 0 || ids[i] >= config.vocabSize()) {
                        throw new IllegalArgumentException(
                                "token id " + ids[i] + " is outside the vocabulary of " + config.vocabSize());
                    }
                    wide[i] = ids[i];
                }
                NDArray input = manager.create(wide, new Shape(1, ids.length));
                NDArray logits = transformer.forward(input, Weights.of(layout, flat), biases, pass);
                NDScope.unregister(logits);
                return logits;
            }
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
                float[] last = new float[config.vocabSize()];
                System.arraycopy(all, all.length - last.length, last, 0, last.length);
                return last;
            }
        }

        @Override
        public void close() {
            run.close();
        }
    }
}
