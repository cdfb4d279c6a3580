package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.ModelConfig;

/** Weights ready to run. Sequences of one model may run on many threads at once. */
public interface CausalModel extends AutoCloseable {
    ModelConfig config();

    /** An empty sequence with its own cache. */
    CausalSequence newSequence();

    @Override
    void close();
}
