package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.training.TrainingProgress;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The curves of a run: a JSON line every {@value #EVERY} steps, the first step included. A sitting that goes on from an
 * older state takes the lines of the steps it repeats out of the file first, so that each step is there once.
 */
final class TrainingCurves implements Consumer<TrainingProgress>, AutoCloseable {
    private static final int EVERY = 25;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path path;
    private @Nullable BufferedWriter file;

    TrainingCurves(Path path) {
        this.path = path;
    }

    @Override
    public void accept(TrainingProgress at) {
        try {
            if (file == null) {
                dropFrom(at.step());
                file = Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            if (at.step() % EVERY == 1) {
                file.write(JSON.writeValueAsString(line(at)));
                file.newLine();
                file.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the curves to " + path, e);
        }
    }

    private static Map<String, @Nullable Object> line(TrainingProgress at) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("step", at.step());
        line.put("tokens", at.tokens());
        line.put("stage", at.dense() ? "dense" : "sparse");
        line.put("learning_rate", rounded(at.learningRate(), 1e8));
        line.put("loss", rounded(at.outcome().loss(), 1e5));
        line.put("indexer_kl", rounded(at.outcome().indexerDivergence(), 1e5));
        line.put("kept_mass", rounded(at.outcome().keptMass(), 1e5));
        line.put("load_imbalance", rounded(at.outcome().loadImbalance(), 1e3));
        line.put("tokens_per_second", Math.round(at.tokensPerSecond()));
        return line;
    }

    /** Null where there is no number: JSON has none for it. */
    private static @Nullable Double rounded(double value, double scale) {
        return Double.isFinite(value) ? Math.rint(value * scale) / scale : null;
    }

    /** Rewrites the file without the lines of this step and later ones, and without a torn last line. */
    private void dropFrom(long step) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Path next = path.resolveSibling(path.getFileName() + ".next");
        try (Stream<String> lines = Files.lines(path);
                BufferedWriter kept = Files.newBufferedWriter(next)) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (stepOf(line) < step) {
                    kept.write(line);
                    kept.newLine();
                }
            }
        }
        Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static long stepOf(String line) {
        try {
            JsonNode step = JSON.readTree(line).path("step");
            return step.isIntegralNumber() ? step.longValue() : Long.MAX_VALUE;
        } catch (JacksonException torn) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
