package dev.goldline.ci.nullserver;

/**
 * A request, as a script sees it.
 *
 * @param prompt the last user turn, or the whole raw prompt
 * @param seed as sent; 0 if none
 * @param time how often this prompt has been asked with this seed, this request included
 */
public record Asked(String prompt, long seed, int time) {}
