package dev.goldline.modelruntime.djl;

import ai.djl.ndarray.NDArray;

/** Looks on during a forward pass; the tensors it is shown are freed with the open scope. */
interface ForwardObserver {
    /** Sees nothing. */
    ForwardObserver NONE = new ForwardObserver() {};

    /** The keys of a layer: {@code selected} [B, T, S], booleans, never a later position. */
    default void selected(int layer, NDArray selected) {}

    /** Rows sent to each expert of a layer. */
    default void load(int layer, long[] rows) {}
}
