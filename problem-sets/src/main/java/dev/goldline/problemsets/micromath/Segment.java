package dev.goldline.problemsets.micromath;

/**
 * A piece of a solution.
 *
 * @param learned false for a digit that was made wrong on purpose and must not be imitated
 */
public record Segment(String text, boolean learned) {}
