package dev.goldline.modelruntime.training;

import ai.djl.Device;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfigWriter;
import dev.goldline.modelruntime.djl.CheckpointWeights;
import dev.goldline.modelruntime.djl.TrainableModel;
import dev.goldline.modelruntime.djl.TrainingState;
import dev.goldline.modelruntime.training.StepBatcher.Step;
import dev.goldline.modelruntime.training.TrainingFolder.Saved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs a recipe: from its start, or from where an earlier sitting in the same folder stopped. The result does not depend
 * on how many sittings there were, nor on the number of threads.
 */
public final class Trainer {
    /** Steps between two looks, in the dense stage, at the attention mass that the selection would keep. */
    private static final int MASS_INTERVAL = 25;

    private final ModelConfig config;
    private final TrainingRecipe recipe;
    private final DocumentSource documents;
    private final String dataFingerprint;
    private final InstantSource clock;

    /**
     * @param documents what is learned from
     * @param dataFingerprint changes whenever the documents would, and is the same in every sitting
     * @param clock times the sittings
     */
    public Trainer(
            ModelConfig config,
            TrainingRecipe recipe,
            DocumentSource documents,
            String dataFingerprint,
            InstantSource clock) {
        this.config = config;
        this.recipe = recipe;
        this.documents = documents;
        this.dataFingerprint = dataFingerprint;
        this.clock = clock;
    }

    /**
     * How a sitting is run.
     *
     * @param device where tensors live
     * @param workers threads for the parts of a step
     * @param readers threads that make documents ahead of time
     * @param longest after this the state is saved and the sitting ends
     * @param saveEvery steps between saved states
     * @param stop asked after every step: once true, the state is saved and the sitting ends
     */
    public record Sitting(
            Device device, int workers, int readers, Duration longest, int saveEvery, BooleanSupplier stop) {
        public Sitting {
            if (workers < 1 || readers < 1 || saveEvery < 1) {
                throw new IllegalArgumentException("a sitting has at least 1 worker, reader and step between saves; it"
                        + " was given " + workers + ", " + readers + " and " + saveEvery);
            }
        }
    }

    /**
     * Where a run stands after a sitting.
     *
     * @param finished whether the recipe's tokens are reached
     * @param steps optimiser steps, all sittings together
     * @param tokens trained on, all sittings together
     * @param trained time spent in steps, all sittings together
     */
    public record Result(boolean finished, long steps, long tokens, Duration trained) {}

    /**
     * Trains until the recipe's tokens are reached or the sitting is over.
     *
     * @param folder holds the state between sittings
     * @param progress told after every step
     * @throws IllegalArgumentException if the folder holds the state of another run, or a damaged one
     */
    public Result run(Path folder, Sitting sitting, Consumer<TrainingProgress> progress) throws IOException {
        TrainingFolder store = new TrainingFolder(folder);
        Saved at = store.load(config, fingerprint())
                .orElseGet(() ->
                        new Saved(TrainingState.initial(config, recipe.seed()), fingerprint(), 0, 0, Duration.ZERO));
        try (TrainableModel model = new TrainableModel(config, at.state(), sitting.device(), sitting.workers());
                ReadAhead ahead = new ReadAhead(documents, sitting.readers())) {
            StepBatcher batcher = new StepBatcher(ahead, recipe);
            long nextDocument = at.nextDocument();
            long steps = at.state().updates();
            long tokens = at.tokens();
            Duration spent = Duration.ZERO;
            Instant start = clock.instant();
            boolean over = false;
            while (tokens < recipe.tokens() && !over) {
                Step next = batcher.step(nextDocument);
                double done = (double) tokens / recipe.tokens();
                TrainableModel.Settings settings = settings(steps, done);
                TrainableModel.Outcome outcome = model.step(next.parts(), settings);
                steps++;
                nextDocument = next.nextDocument();
                tokens += next.tokens();
                spent = Duration.between(start, clock.instant());
                double speed = (tokens - at.tokens()) / Math.max(1e-3, spent.toMillis() / 1e3);
                progress.accept(
                        new TrainingProgress(steps, tokens, settings.dense(), settings.learningRate(), outcome, speed));
                over = spent.compareTo(sitting.longest()) >= 0 || sitting.stop().getAsBoolean();
                if (over || tokens >= recipe.tokens() || steps % sitting.saveEvery() == 0) {
                    Duration trained = at.trained().plus(spent);
                    store.save(new Saved(model.state(), fingerprint(), nextDocument, tokens, trained));
                }
            }
            return new Result(
                    tokens >= recipe.tokens(), steps, tokens, at.trained().plus(spent));
        }
    }

    private TrainableModel.Settings settings(long step, double done) {
        return new TrainableModel.Settings(
                recipe.denseAt(done),
                recipe.learningRateAt(step, done),
                recipe.beta1(),
                recipe.beta2(),
                recipe.weightDecay(),
                recipe.indexerWeight(),
                recipe.balanceSpeed(),
                recipe.denseAt(done) && step % MASS_INTERVAL == 0);
    }

    /** Writes the state in {@code folder} as a checkpoint: {@code config.json} and {@code model.safetensors}. */
    public void export(Path folder, Path checkpoint, DType dtype) throws IOException {
        Saved saved = new TrainingFolder(folder)
                .load(config, fingerprint())
                .orElseThrow(() -> new IllegalArgumentException("no training state in " + folder));
        Files.createDirectories(checkpoint);
        ModelConfigWriter.write(config, dtype, checkpoint.resolve("config.json"));
        new CheckpointWeights(saved.state().weights(), saved.state().biases())
                .write(config, dtype, checkpoint.resolve("model.safetensors"));
    }

    private String fingerprint() {
        String text = recipe + "\n" + config + "\n" + dataFingerprint;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
