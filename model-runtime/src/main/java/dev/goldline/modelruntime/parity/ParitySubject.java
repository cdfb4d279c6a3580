package dev.goldline.modelruntime.parity;

import dev.goldline.modelruntime.inference.DiscreteChoices;
import java.util.Optional;

/** An engine that can be compared with a reference: what it must be able to show. */
public interface ParitySubject extends AutoCloseable {
    /** What it is, such as {@code native fp32}. */
    String name();

    /**
     * One forward pass over a prompt from an empty cache.
     *
     * @param forced keys and experts in place of the engine's own choice
     * @throws UnsupportedOperationException if choices are forced and the engine cannot do that
     */
    ForwardPass forward(int[] ids, Optional<DiscreteChoices> forced);

    /** The prompt followed by {@code count} tokens, each the most likely one, decoded with a cache; no stop ids. */
    int[] greedy(int[] prompt, int count);

    @Override
    void close();

    /**
     * What a forward pass showed.
     *
     * @param logits {@code [position][vocabulary]}
     * @param selected {@code [layer][position]}: keys attended to, ascending, causal ones only
     * @param experts {@code [layer][position]}: a token's experts in any order; empty in dense layers
     */
    record ForwardPass(float[][] logits, int[][][] selected, int[][][] experts) {}
}
