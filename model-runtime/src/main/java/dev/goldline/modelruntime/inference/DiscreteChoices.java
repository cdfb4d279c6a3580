package dev.goldline.modelruntime.inference;

/**
 * Keys and experts chosen by the caller in place of the model's own choice. Both are decided by comparing scores, and a
 * score's last bits decide where two are close; with the choices fixed, engines of different rounding can be compared.
 */
public interface DiscreteChoices {
    /** Positions a layer's query attends to, ascending, at least one, none past {@code position}. */
    int[] keys(int layer, int position);

    /** Experts of a token in a sparse layer, as many as the model takes, all different; not asked in dense layers. */
    int[] experts(int layer, int position);
}
