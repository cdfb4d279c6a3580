package dev.goldline.judges.code.sandbox;

/**
 * How two programs that talked to each other ended.
 *
 * @param interactorFirst whether the interactor ended before the solution did
 */
public record Conversation(Execution interactor, Execution solution, boolean interactorFirst) {}
