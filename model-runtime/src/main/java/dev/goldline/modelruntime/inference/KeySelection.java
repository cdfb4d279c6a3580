package dev.goldline.modelruntime.inference;

/** Keys each query attends to, chosen by the caller: for comparing engines whose index scores round differently. */
@FunctionalInterface
public interface KeySelection {
    /** Positions a layer's query attends to, ascending, at least one, none past {@code position}. */
    int[] keys(int layer, int position);
}
