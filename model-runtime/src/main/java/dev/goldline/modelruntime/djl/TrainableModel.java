package dev.goldline.modelruntime.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A model with its optimiser, one step at a time. The parts of a step run on as many threads as asked for; their
 * gradients are added in the order of the parts, so the result does not depend on the number of threads.
 */
public final class TrainableModel implements AutoCloseable {
    private static final float ADAM_EPS = 1e-9f;

    private final ModelConfig config;
    private final ParameterLayout layout;
    private final NDManager manager;
    private final Device device;
    private final NDArray weights;
    private final NDArray firstMoment;
    private final NDArray secondMoment;
    private final float[][] biases;
    private final ExecutorService threads;
    private final ThreadLocal<Transformer> transformers;
    private long updates;

    /**
     * @param device where tensors live, such as {@code cpu} or {@code gpu}
     * @param workers threads that work on the parts of a step
     */
    public TrainableModel(ModelConfig config, TrainingState state, Device device, int workers) {
        this.config = config;
        this.device = device;
        layout = ParameterLayout.of(config);
        if (state.weights().length != layout.size()) {
            throw new IllegalArgumentException("the state has " + state.weights().length + " weights, the model "
                    + layout.size() + ": it belongs to another configuration");
        }
        manager = NDManager.newBaseManager(device, "PyTorch");
        Tensors.recordGradients(false);
        weights = manager.create(state.weights());
        firstMoment = manager.create(state.firstMoment());
        secondMoment = manager.create(state.secondMoment());
        biases = TrainingState.copyOf(state.biases());
        updates = state.updates();
        // One thread of the tensor library each: parts run side by side instead, without barriers.
        JniUtils.setNumThreads(1);
        threads = Executors.newFixedThreadPool(
                workers, Thread.ofPlatform().name("train-", 0).daemon().factory());
        transformers = ThreadLocal.withInitial(
                () -> new Transformer(config, new TransformerConstants(config, manager, device)));
    }

    /**
     * How one step is taken.
     *
     * @param dense attention over all keys, else over the selected ones
     * @param learningRate this step's
     * @param indexerWeight factor of the indexer's objective
     * @param balanceSpeed what an expert's correction bias moves against its load
     * @param measureMass whether to measure the attention kept by the selection
     */
    public record Settings(
            boolean dense,
            double learningRate,
            double beta1,
            double beta2,
            double weightDecay,
            double indexerWeight,
            double balanceSpeed,
            boolean measureMass) {}

    /**
     * What a step saw.
     *
     * @param loss mean cross-entropy of the learned tokens, in nats
     * @param indexerDivergence mean over tokens and layers, in nats
     * @param keptMass share of attention that the selection would keep, mean over tokens and layers; NaN if not
     *     measured
     * @param loadImbalance busiest expert's load over the mean load, mean over layers
     */
    public record Outcome(double loss, double indexerDivergence, double keptMass, double loadImbalance) {}

    private record Part(NDArray gradient, double loss, double divergence, double keptMass, long[][] load) {}

    /** Takes one optimiser step over all parts together. */
    public Outcome step(List<TokenRows> parts, Settings settings) {
        long tokens = 0;
        long learned = 0;
        for (TokenRows rows : parts) {
            for (int length : rows.lengths()) {
                tokens += length;
            }
            for (boolean mark : rows.learned()) {
                learned += mark ? 1 : 0;
            }
        }
        float lossShare = 1f / Math.max(1, learned);
        float rowShare = 1f / tokens;
        List<Future<Part>> running = new ArrayList<>();
        for (TokenRows rows : parts) {
            running.add(threads.submit(() -> gradient(rows, lossShare, rowShare, settings)));
        }
        List<Part> done = running.stream().map(TrainableModel::await).toList();
        update(done, settings);
        long[][] load = sumLoads(done);
        balance(load, settings.balanceSpeed());
        return outcome(done, load);
    }

    private static Part await(Future<Part> future) {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a part of the training step failed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while training", interrupted);
        }
    }

    private Part gradient(TokenRows rows, float lossShare, float rowShare, Settings settings) {
        Tensors.recordGradients(true);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Shape shape = new Shape(rows.rows(), rows.width());
            NDArray leaf = weights.stopGradient();
            leaf.setRequiresGradient(true);
            long[][] load = new long[config.numHiddenLayers()][config.nRoutedExperts()];
            IndexerObjective objective = new IndexerObjective(
                    manager.create(rows.rowWeights(rowShare), shape), config.indexTopk(), settings.measureMass());
            ForwardPass pass = ForwardPass.training(
                    settings.dense() ? Integer.MAX_VALUE : config.indexTopk(),
                    loadsInto(load),
                    objective,
                    rows::isToken);
            NDArray logits = transformers
                    .get()
                    .forward(manager.create(rows.ids(), shape), Weights.of(layout, leaf), biasTensor(), pass);
            NDArray next = manager.create(rows.next(), shape);
            NDArray loss = logits.logSoftmax(2)
                    .gather(next.expandDims(2), 2)
                    .squeeze(2)
                    .mul(manager.create(rows.lossWeights(-lossShare), shape))
                    .sum();
            NDArray divergence = objective.divergence();
            Tensors.backward(loss.add(divergence.mul(manager.create((float) settings.indexerWeight()))));
            NDArray gradient = leaf.getGradient();
            NDScope.unregister(gradient);
            return new Part(
                    gradient,
                    loss.getFloat(),
                    divergence.getFloat(),
                    objective.keptMass().map(NDArray::getFloat).orElse(Float.NaN),
                    load);
        }
    }

    private static ForwardObserver loadsInto(long[][] load) {
        return new ForwardObserver() {
            @Override
            public void load(int layer, long[] rows) {
                load[layer] = rows;
            }
        };
    }

    private NDArray biasTensor() {
        float[] flat = new float[biases.length * config.nRoutedExperts()];
        for (int layer = 0; layer < biases.length; layer++) {
            System.arraycopy(biases[layer], 0, flat, layer * config.nRoutedExperts(), config.nRoutedExperts());
        }
        return manager.create(flat, new Shape(biases.length, config.nRoutedExperts()))
                .toType(DataType.FLOAT32, false);
    }

    private void update(List<Part> parts, Settings settings) {
        NDArray sum = parts.getFirst().gradient();
        for (Part part : parts.subList(1, parts.size())) {
            sum.addi(part.gradient());
            part.gradient().close();
        }
        updates++;
        double rate = settings.learningRate();
        double corrected =
                rate * Math.sqrt(1 - Math.pow(settings.beta2(), updates)) / (1 - Math.pow(settings.beta1(), updates));
        JniUtils.adamUpdate(
                (PtNDArray) weights,
                (PtNDArray) sum,
                (PtNDArray) firstMoment,
                (PtNDArray) secondMoment,
                (float) rate,
                (float) corrected,
                (float) settings.weightDecay(),
                1,
                -1,
                (float) settings.beta1(),
                (float) settings.beta2(),
                ADAM_EPS,
                true);
        sum.close();
    }

    private long[][] sumLoads(List<Part> parts) {
        long[][] sum = new long[config.numHiddenLayers()][config.nRoutedExperts()];
        for (Part part : parts) {
            for (int layer = 0; layer < sum.length; layer++) {
                for (int expert = 0; expert < sum[layer].length; expert++) {
                    sum[layer][expert] += part.load()[layer][expert];
                }
            }
        }
        return sum;
    }

    /** Auxiliary-loss-free balance: an expert above the mean load is made less likely, one below more so. */
    private void balance(long[][] load, double speed) {
        for (int layer = config.firstKDenseReplace(); layer < load.length; layer++) {
            double mean = mean(load[layer]);
            for (int expert = 0; expert < load[layer].length; expert++) {
                biases[layer][expert] += (float) (speed * Math.signum(mean - load[layer][expert]));
            }
        }
    }

    private static double mean(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return (double) sum / counts.length;
    }

    private Outcome outcome(List<Part> parts, long[][] load) {
        double imbalance = 0;
        int layers = 0;
        for (int layer = config.firstKDenseReplace(); layer < load.length; layer++) {
            long most = 0;
            for (long count : load[layer]) {
                most = Math.max(most, count);
            }
            imbalance += most / mean(load[layer]);
            layers++;
        }
        double perLayer = 1.0 / config.numHiddenLayers();
        return new Outcome(
                parts.stream().mapToDouble(Part::loss).sum(),
                parts.stream().mapToDouble(Part::divergence).sum() * perLayer,
                parts.stream().mapToDouble(Part::keptMass).sum() * perLayer,
                layers == 0 ? 1 : imbalance / layers);
    }

    /** A copy of everything a later run needs to go on exactly. */
    public TrainingState state() {
        return new TrainingState(
                weights.toFloatArray(),
                firstMoment.toFloatArray(),
                secondMoment.toFloatArray(),
                TrainingState.copyOf(biases),
                updates);
    }

    @Override
    public void close() {
        threads.close();
        manager.close();
    }
}
