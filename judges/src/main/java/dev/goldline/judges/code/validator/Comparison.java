package dev.goldline.judges.code.validator;

/**
 * What the comparison of an output with an answer gave.
 *
 * @param message where they first differ and how, for a person; empty if accepted
 */
public record Comparison(boolean accepted, String message) {
    static final Comparison ACCEPTED = new Comparison(true, "");

    static Comparison rejected(String message) {
        return new Comparison(false, message);
    }
}
