package dev.goldline.evaluator.train;

import dev.goldline.evaluator.run.Machine;
import dev.goldline.modelruntime.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a model card says about a training: {@code training.json}, written at the end of every sitting. */
final class TrainingSummary {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private TrainingSummary() {}

    /**
     * Writes it.
     *
     * @param device of this sitting
     * @param workers of this sitting
     * @param versions of what trained, by name
     */
    static void write(
            Path file,
            RecipeFile recipe,
            Trainer.Result result,
            String device,
            int workers,
            Map<String, String> versions)
            throws IOException {
        ObjectNode root = JSON.createObjectNode();
        root.put("recipe", recipe.name());
        root.put("seed", recipe.training().seed());
        root.put("data_seed", recipe.curriculum().seed());
        root.put("finished", result.finished());
        root.put("tokens", result.tokens());
        root.put("steps", result.steps());
        root.put("trained_seconds", result.trained().toMillis() / 1e3);
        root.put("device", device);
        root.put("workers", workers);
        ObjectNode machine = root.putObject("machine");
        Machine.facts().forEach(machine::put);
        ObjectNode tools = root.putObject("versions");
        new TreeMap<>(versions).forEach(tools::put);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, JSON.writeValueAsString(root) + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
