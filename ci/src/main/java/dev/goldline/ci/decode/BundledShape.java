package dev.goldline.ci.decode;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import java.util.Optional;

/** A model of about the bundled one's dimensions, for benchmarks without a checkpoint. */
final class BundledShape {
    private BundledShape() {}

    static ModelConfig config() {
        return new ModelConfig(
                512,
                192,
                6,
                6,
                96,
                48,
                32,
                16,
                32,
                4,
                16,
                64,
                512,
                128,
                16,
                1,
                2,
                1,
                1,
                true,
                2.5,
                1,
                1e-6,
                10000,
                32768,
                Optional.empty(),
                false,
                false,
                0,
                1);
    }
}
