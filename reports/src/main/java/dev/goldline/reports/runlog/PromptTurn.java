package dev.goldline.reports.runlog;

/**
 * One turn of what the model was asked.
 *
 * @param role who speaks, such as {@code system} or {@code user}
 * @param text what is said
 */
public record PromptTurn(String role, String text) {}
