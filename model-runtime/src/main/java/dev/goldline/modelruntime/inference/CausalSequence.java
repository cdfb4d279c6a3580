package dev.goldline.modelruntime.inference;

/** One growing sequence and its cache. Used by one thread at a time. */
public interface CausalSequence extends AutoCloseable {
    /** Tokens appended so far. */
    int length();

    /**
     * Appends tokens and computes what may follow them.
     *
     * @param ids token ids, at least one, each in {@code [0, vocabSize)}
     * @return logits after the last id, {@code [vocabSize]}; the array is overwritten by the next call
     */
    float[] append(int... ids);

    @Override
    void close();
}
