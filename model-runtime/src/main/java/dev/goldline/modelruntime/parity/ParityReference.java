package dev.goldline.modelruntime.parity;

import dev.goldline.modelruntime.checkpoint.CheckpointException;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.SafetensorsFile;
import dev.goldline.modelruntime.checkpoint.TensorEntry;
import dev.goldline.modelruntime.inference.DiscreteChoices;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A checkpoint's recorded outputs, {@code expected.safetensors}: {@code input_ids [B,S]}, {@code logits [B,S,V]},
 * {@code greedy [1,S+n]} for the first prompt, and {@code selected.{layer} [B,S,k]}. Selected rows may be filled up with
 * later positions or negative numbers; those are dropped.
 */
final class ParityReference {
    static final String FILE = "expected.safetensors";

    private final int[][] ids;
    private final float[] logits;
    private final int vocabulary;
    private final int[] greedy;
    private final int[][][][] selected;

    private ParityReference(int[][] ids, float[] logits, int vocabulary, int[] greedy, int[][][][] selected) {
        this.ids = ids;
        this.logits = logits;
        this.vocabulary = vocabulary;
        this.greedy = greedy;
        this.selected = selected;
    }

    static ParityReference read(Path folder, ModelConfig config) {
        Path path = folder.resolve(FILE);
        try (SafetensorsFile file = SafetensorsFile.open(path)) {
            TensorEntry prompts = file.require("input_ids");
            if (prompts.shape().size() != 2 || prompts.elements() == 0) {
                throw refused(file, prompts, "prompts and their tokens, [B,S], are expected");
            }
            int batch = Math.toIntExact(prompts.shape().get(0));
            int length = Math.toIntExact(prompts.shape().get(1));
            int[][] ids = rows(checkIds(file, prompts, config), length);
            TensorEntry logits = file.require("logits");
            expectShape(file, logits, List.of((long) batch, (long) length, (long) config.vocabSize()));
            TensorEntry greedy = file.require("greedy");
            int[] tokens = checkIds(file, greedy, config);
            if (tokens.length < length || !Arrays.equals(ids[0], Arrays.copyOf(tokens, length))) {
                throw refused(file, greedy, "the first prompt and the tokens after it are expected");
            }
            int[][][][] selected = new int[config.numHiddenLayers()][][][];
            for (int layer = 0; layer < selected.length; layer++) {
                selected[layer] = selections(file, file.require("selected." + layer), batch, length);
            }
            return new ParityReference(ids, file.floats(logits), config.vocabSize(), tokens, selected);
        }
    }

    private static int[] checkIds(SafetensorsFile file, TensorEntry tensor, ModelConfig config) {
        int[] ids = file.ints(tensor);
        for (int id : ids) {
            if (id < 0 || id >= config.vocabSize()) {
                throw refused(file, tensor, "id " + id + " is outside the vocabulary of " + config.vocabSize());
            }
        }
        return ids;
    }

    private static int[][] rows(int[] values, int width) {
        int[][] rows = new int[values.length / width][];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = Arrays.copyOfRange(values, row * width, (row + 1) * width);
        }
        return rows;
    }

    private static int[][][] selections(SafetensorsFile file, TensorEntry tensor, int batch, int length) {
        List<Long> shape = tensor.shape();
        if (shape.size() != 3 || shape.get(0) != batch || shape.get(1) != length || shape.get(2) < 1) {
            throw refused(file, tensor, "expected [" + batch + ", " + length + ", keys]");
        }
        int[][] rows = rows(file.ints(tensor), Math.toIntExact(shape.get(2)));
        int[][][] result = new int[batch][length][];
        for (int row = 0; row < rows.length; row++) {
            int position = row % length;
            int[] causal = Arrays.stream(rows[row])
                    .filter(key -> key >= 0 && key <= position)
                    .sorted()
                    .distinct()
                    .toArray();
            if (causal.length == 0) {
                throw refused(file, tensor, "prompt " + row / length + ", position " + position + " selects no key");
            }
            result[row / length][position] = causal;
        }
        return result;
    }

    private static void expectShape(SafetensorsFile file, TensorEntry tensor, List<Long> shape) {
        if (!tensor.shape().equals(shape)) {
            throw refused(file, tensor, "expected " + shape);
        }
    }

    private static CheckpointException refused(SafetensorsFile file, TensorEntry tensor, String why) {
        return new CheckpointException(
                file.path() + ": tensor " + tensor.name() + " of shape " + tensor.shape() + ": " + why);
    }

    int prompts() {
        return ids.length;
    }

    int[] prompt(int prompt) {
        return ids[prompt];
    }

    float logit(int prompt, int position, int token) {
        return logits[(prompt * ids[0].length + position) * vocabulary + token];
    }

    /** The first prompt, then its greedy tokens. */
    int[] greedy() {
        return greedy;
    }

    /** Causal keys of a query, ascending. */
    int[] selected(int prompt, int layer, int position) {
        return selected[layer][prompt][position];
    }

    /** The recorded selections of a prompt with experts {@code [layer][position]} of the caller's, to be forced. */
    DiscreteChoices choices(int prompt, int[][][] experts) {
        return new DiscreteChoices() {
            @Override
            public int[] keys(int layer, int position) {
                return selected[layer][prompt][position];
            }

            @Override
            public int[] experts(int layer, int position) {
                return experts[layer][position];
            }
        };
    }
}
