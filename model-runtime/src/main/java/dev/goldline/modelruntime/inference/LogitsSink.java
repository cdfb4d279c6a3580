package dev.goldline.modelruntime.inference;

/** Takes the logits after each position of a call. */
@FunctionalInterface
public interface LogitsSink {
    /** @param logits {@code [vocabSize]}; overwritten after the call returns */
    void accept(int position, float[] logits);
}
