package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.training.TrainingProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Progress for a person: a line for the first step and then one whenever some time has passed, and the last step. */
final class TrainingDisplay implements Consumer<TrainingProgress>, AutoCloseable {
    private final PrintWriter screen;
    private final long wanted;
    private final Duration between;
    private final InstantSource clock;
    private Instant due = Instant.MIN;
    private @Nullable TrainingProgress unshown;
    private double keptMass = Double.NaN;

    /** @param wanted tokens of the recipe */
    TrainingDisplay(PrintWriter screen, long wanted, Duration between, InstantSource clock) {
        this.screen = screen;
        this.wanted = wanted;
        this.between = between;
        this.clock = clock;
    }

    @Override
    public void accept(TrainingProgress at) {
        if (!Double.isNaN(at.outcome().keptMass())) {
            keptMass = at.outcome().keptMass(); // measured now and then; shown as last seen
        }
        unshown = at;
        Instant now = clock.instant();
        if (!now.isBefore(due)) {
            due = now.plus(between);
            show(at);
        }
    }

    private void show(TrainingProgress at) {
        unshown = null;
        screen.println(String.format(
                Locale.ROOT,
                "step %6d  %5.1f %% of %,d tokens  %-6s  loss %.4f  indexer KL %.4f  kept mass %s  load x%.2f"
                        + "  %,.0f tokens/s  %s left",
                at.step(),
                Math.min(100.0, 100.0 * at.tokens() / wanted),
                wanted,
                at.dense() ? "dense" : "sparse",
                at.outcome().loss(),
                at.outcome().indexerDivergence(),
                Double.isNaN(keptMass) ? "-" : String.format(Locale.ROOT, "%.3f", keptMass),
                at.outcome().loadImbalance(),
                at.tokensPerSecond(),
                left(at)));
        screen.flush();
    }

    private String left(TrainingProgress at) {
        long seconds = (long) (Math.max(0, wanted - at.tokens()) / Math.max(1, at.tokensPerSecond()));
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    @Override
    public void close() {
        if (unshown != null) {
            show(unshown);
        }
    }
}
