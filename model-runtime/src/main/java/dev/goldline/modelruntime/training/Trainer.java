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
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
     * @param dataFingerprint changes whenever the documents would
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
     */
    public record Sitting(Device device, int workers, int readers, Duration longest, int saveEvery) {}

    /**
     * Trains until the recipe's tokens are reached or the sitting is over.
     *
     * @param folder holds the state between sittings
     * @param progress told after every step
     * @return true if the recipe is finished
     */
    public boolean run(Path folder, Sitting sitting, Consumer<TrainingProgress> progress) throws IOException {
        TrainingFolder saved = new TrainingFolder(folder);
        Saved at = saved.load(config, fingerprint())
                .orElseGet(() -> new Saved(TrainingState.initial(config, recipe.seed()), fingerprint(), 0, 0));
        try (TrainableModel model = new TrainableModel(config, at.state(), sitting.device(), sitting.workers());
                ExecutorService readers = Executors.newFixedThreadPool(
                        sitting.readers(),
                        Thread.ofPlatform().name("read-", 0).daemon().factory())) {
            StepBatcher batcher = new StepBatcher(new ReadAhead(documents, readers), recipe);
            long nextDocument = at.nextDocument();
            long step = at.state().updates();
            long tokens = at.tokens();
            long sittingTokens = 0;
            var start = clock.instant();
            while (tokens < recipe.tokens()) {
                Step next = batcher.step(nextDocument);
                nextDocument = next.nextDocument();
                double done = (double) tokens / recipe.tokens();
                TrainableModel.Outcome outcome = model.step(next.parts(), settings(step, done));
                step++;
                tokens += next.tokens();
                sittingTokens += next.tokens();
                Duration spent = Duration.between(start, clock.instant());
                double speed = sittingTokens / Math.max(1e-3, spent.toMillis() / 1e3);
                progress.accept(new TrainingProgress(
                        step, tokens, recipe.denseAt(done), recipe.learningRateAt(step - 1, done), outcome, speed));
                boolean over = spent.compareTo(sitting.longest()) >= 0;
                if (over || tokens >= recipe.tokens() || step % sitting.saveEvery() == 0) {
                    saved.save(new Saved(model.state(), fingerprint(), nextDocument, tokens));
                }
                if (over) {
                    break;
                }
            }
            return tokens >= recipe.tokens();
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
