package dev.goldline.modelruntime.observation;

/**
 * Is told what happens at each position of a sequence, on the thread that runs it, positions and then layers ascending
 * within a call. Arrays belong to the model and are overwritten: copy what is to be kept.
 */
public interface TokenObserver {
    /**
     * Keys a query attends to: all causal ones where there are at most {@code index_topk}.
     *
     * @param keys positions, ascending, of which the first {@code count} hold
     */
    default void selected(int layer, int position, int[] keys, int count) {}

    /**
     * Experts of a token in a sparse layer, best first.
     *
     * @param experts of which the first {@code count} hold
     * @param weights their weights, normalised and scaled as the model uses them
     */
    default void routed(int layer, int position, int[] experts, float[] weights, int count) {}

    /** Whether {@link #keptMass} is wanted: it costs attention over all keys. */
    default boolean wantsKeptMass() {
        return false;
    }

    /**
     * The share of the dense softmax that falls on the selected keys, mean over heads.
     *
     * @param mass 0 to 1
     */
    default void keptMass(int layer, int position, double mass) {}

    /** The work of one token at its position, all layers. */
    default void worked(int position, TokenWork work) {}
}
