package dev.goldline.modelruntime.djl;

import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.SafetensorsWriter;
import dev.goldline.modelruntime.checkpoint.TensorLayout;
import dev.goldline.modelruntime.checkpoint.TensorSpec;
import dev.goldline.modelruntime.djl.ParameterLayout.Slot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The weights of a model between a checkpoint's many named tensors and the flat vector of {@link ParameterLayout}.
 *
 * @param flat in the layout's order
 * @param biases [layers][experts], correction biases; zeros for dense layers
 */
public record CheckpointWeights(float[] flat, float[][] biases) {
    private static final Pattern EXPERT =
            Pattern.compile("(model\\.layers\\.\\d+\\.mlp\\.experts)\\.(\\d+)\\.(\\w+)\\.weight");
    private static final Pattern BIAS =
            Pattern.compile("model\\.layers\\.(\\d+)\\.mlp\\.gate\\.e_score_correction_bias");

    /** Where one tensor of a checkpoint lies. */
    private record Place(float[] array, int offset) {}

    /** Reads every tensor of a checkpoint. */
    public static CheckpointWeights read(Checkpoint checkpoint) {
        CheckpointWeights weights = empty(checkpoint.config());
        Map<String, Slot> slots = slots(checkpoint.config());
        TensorLayout.tensors(checkpoint.config()).forEach(spec -> {
            Place place = weights.place(spec, slots).orElseThrow();
            float[] values = checkpoint.read(spec);
            System.arraycopy(values, 0, place.array, place.offset, values.length);
        });
        return weights;
    }

    private static CheckpointWeights empty(ModelConfig config) {
        return new CheckpointWeights(
                new float[ParameterLayout.of(config).size()],
                new float[config.numHiddenLayers()][config.nRoutedExperts()]);
    }

    private static Map<String, Slot> slots(ModelConfig config) {
        Map<String, Slot> slots = new HashMap<>();
        for (Slot slot : ParameterLayout.of(config).slots()) {
            slots.put(slot.name(), slot);
        }
        return slots;
    }

    private Optional<Place> place(TensorSpec spec, Map<String, Slot> slots) {
        Matcher bias = BIAS.matcher(spec.name());
        if (bias.matches()) {
            return Optional.of(new Place(biases[Integer.parseInt(bias.group(1))], 0));
        }
        Matcher expert = EXPERT.matcher(spec.name());
        if (expert.matches()) {
            Slot stack = slots.get(expert.group(1) + "." + expert.group(3));
            int each = Math.toIntExact(spec.elements());
            return Optional.ofNullable(stack)
                    .map(slot -> new Place(flat, slot.offset() + Integer.parseInt(expert.group(2)) * each));
        }
        String name = spec.name().endsWith(".weight")
                ? spec.name().substring(0, spec.name().length() - ".weight".length())
                : spec.name();
        return Optional.ofNullable(slots.get(name)).map(slot -> new Place(flat, slot.offset()));
    }

    /** Writes all tensors in the order of {@link TensorLayout}; correction biases stay fp32 whatever {@code dtype} is. */
    public void write(ModelConfig config, DType dtype, Path file) throws IOException {
        Map<String, Slot> slots = slots(config);
        SafetensorsWriter writer = new SafetensorsWriter();
        List<TensorSpec> specs = TensorLayout.tensors(config).toList();
        for (TensorSpec spec : specs) {
            Place place = place(spec, slots)
                    .orElseThrow(() -> new IllegalStateException("no weights for tensor " + spec.name()));
            float[] values = new float[Math.toIntExact(spec.elements())];
            System.arraycopy(place.array, place.offset, values, 0, values.length);
            boolean bias = spec.name().endsWith("e_score_correction_bias");
            writer.add(spec.name(), bias ? DType.F32 : dtype, values, spec.shape());
        }
        writer.write(file);
    }
}
