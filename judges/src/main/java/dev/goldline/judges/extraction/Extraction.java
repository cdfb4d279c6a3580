package dev.goldline.judges.extraction;

/**
 * An answer found in a text.
 *
 * @param content the answer as written; the contents of several boxes joined by commas
 * @param start offset of its first character in the whole text
 * @param end offset after its last character
 * @param rule what found it
 */
public record Extraction(String content, int start, int end, Rule rule) {
    /** The rules, from the surest to the weakest. */
    public enum Rule {
        /** The last box. */
        BOX,
        /** Several boxes with nothing but connectors between them. */
        BOXES,
        /** After "the final answer is", "answer:" and the like. */
        STATEMENT,
        /** The whole text is an answer. */
        WHOLE,
        /** A last box that is never closed. */
        UNCLOSED_BOX,
        /** The last formula of the text. */
        LAST_FORMULA,
        /** The last number of the text. */
        LAST_NUMBER
    }

    /** Whether the rule is a guess: it found something, but nothing said that this was the answer. */
    public boolean isGuess() {
        return switch (rule) {
            case BOX, BOXES, STATEMENT, WHOLE -> false;
            case UNCLOSED_BOX, LAST_FORMULA, LAST_NUMBER -> true;
        };
    }

    /** Where it stood, for a person. */
    public String place() {
        String what = switch (rule) {
            case BOX -> "box";
            case BOXES -> "boxes";
            case STATEMENT -> "statement";
            case WHOLE -> "whole text";
            case UNCLOSED_BOX -> "box that is not closed";
            case LAST_FORMULA -> "last formula";
            case LAST_NUMBER -> "last number";
        };
        return what + " at characters " + start + " to " + end;
    }
}
