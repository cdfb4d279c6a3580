package dev.goldline.modelruntime.inprocess;

import dev.goldline.modelruntime.inference.CausalModel;
import java.io.IOException;
import java.nio.file.Path;

/** Makes a checkpoint's weights ready to run; which kernels or library compute is its choice. */
@FunctionalInterface
public interface CheckpointLoader {
    /**
     * @param folder a checkpoint in Hugging Face layout
     */
    CausalModel load(Path folder) throws IOException;
}
