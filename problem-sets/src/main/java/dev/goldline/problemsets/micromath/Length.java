package dev.goldline.problemsets.micromath;

/** How much of a solution is written out. */
public enum Length {
    /** Big steps: a product or a division in one go. */
    BRIEF,
    /** Every step small. */
    FULL,
    /** The full solution, then a check by another method that ends in {@code ok}. */
    CHECKED
}
