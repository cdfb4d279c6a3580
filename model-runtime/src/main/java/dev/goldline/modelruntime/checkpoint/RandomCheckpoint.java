package dev.goldline.modelruntime.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Writes checkpoints of random weights, for benchmarks and tests of shapes nobody has trained. Matrices are normal with
 * a deviation of {@code 1.2 / sqrt(columns)}, norm weights lie around 1, biases around 0, so that activations keep their
 * size through the layers.
 */
public final class RandomCheckpoint {
    private static final double GAIN = 1.2;
    private static final double VECTOR_DEVIATION = 0.2;

    private RandomCheckpoint() {}

    /** Writes {@code config.json} and {@code model.safetensors}; the same seed gives the same bytes. */
    public static void write(Path folder, ModelConfig config, DType weights, long seed) throws IOException {
        Files.createDirectories(folder);
        ModelConfigWriter.write(config, weights, folder.resolve("config.json"));
        SafetensorsWriter writer = new SafetensorsWriter();
        SplittableRandom seeds = new SplittableRandom(seed);
        TensorLayout.tensors(config)
                .forEach(spec -> writer.add(spec.name(), weights, values(spec, seeds.split()), spec.shape()));
        writer.write(folder.resolve("model.safetensors"));
    }

    /** The values of one tensor. */
    public static float[] values(TensorSpec spec, SplittableRandom random) {
        float[] values = new float[Math.toIntExact(spec.elements())];
        boolean norm = spec.name().contains("norm") && spec.name().endsWith("weight");
        double deviation = spec.isVector() ? VECTOR_DEVIATION : GAIN / Math.sqrt(spec.columns());
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((norm ? 1 : 0) + deviation * random.nextGaussian());
        }
        return values;
    }
}
