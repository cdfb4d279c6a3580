package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.training.TrainingProgress;
import dev.goldline.modelruntime.training.TrainingRecipe;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * The curves of a run, a JSON line every {@value #EVERY} steps, and progress for a person. A sitting that starts again
 * from an older state writes those steps again: the last line of a step counts.
 */
final class TrainingCurves implements Consumer<TrainingProgress>, AutoCloseable {
    private static final int EVERY = 25;

    private final BufferedWriter file;
    private final PrintWriter screen;
    private final TrainingRecipe recipe;

    TrainingCurves(Path path, PrintWriter screen, TrainingRecipe recipe) throws IOException {
        this.file = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.screen = screen;
        this.recipe = recipe;
    }

    @Override
    public void accept(TrainingProgress at) {
        if (at.step() % EVERY != 1) {
            return;
        }
        var seen = at.outcome();
        try {
            file.write(String.format(
                    Locale.ROOT,
                    "{\"step\":%d,\"tokens\":%d,\"stage\":\"%s\",\"learning_rate\":%.3e,\"loss\":%.5f,"
                            + "\"indexer_kl\":%.5f,\"kept_mass\":%s,\"load_imbalance\":%.3f,\"tokens_per_second\":%.0f}%n",
                    at.step(),
                    at.tokens(),
                    at.dense() ? "dense" : "sparse",
                    at.learningRate(),
                    seen.loss(),
                    seen.indexerDivergence(),
                    Double.isNaN(seen.keptMass()) ? "null" : String.format(Locale.ROOT, "%.5f", seen.keptMass()),
                    seen.loadImbalance(),
                    at.tokensPerSecond()));
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the curves", e);
        }
        screen.println(String.format(
                Locale.ROOT,
                "step %6d  %5.1f %% of %,d tokens  %-6s  loss %.4f  indexer KL %.4f  kept mass %.3f  load x%.2f"
                        + "  %,.0f tokens/s  %,d s left",
                at.step(),
                100.0 * at.tokens() / recipe.tokens(),
                recipe.tokens(),
                at.dense() ? "dense" : "sparse",
                seen.loss(),
                seen.indexerDivergence(),
                seen.keptMass(),
                seen.loadImbalance(),
                at.tokensPerSecond(),
                (long) (Math.max(0, recipe.tokens() - at.tokens()) / Math.max(1, at.tokensPerSecond()))));
        screen.flush();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
