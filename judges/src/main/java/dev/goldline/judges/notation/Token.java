package dev.goldline.judges.notation;

/**
 * A piece of notation.
 *
 * @param text the number's digits, the name, the command without its backslash, the words, or the sign
 * @param at offset in the text
 * @param spaced whether white space came before it
 */
record Token(Kind kind, String text, int at, boolean spaced) {
    enum Kind {
        /** Digits, with at most one point. */
        NUMBER,
        /** A variable of one letter, or a Greek one. */
        NAME,
        /** A word of a natural language, a unit, the content of {@code \text}. */
        WORDS,
        /** A command or function with a meaning. */
        COMMAND,
        /** Anything else: operators, relators, brackets, separators. */
        SIGN,
        END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isCommand(String name) {
        return kind == Kind.COMMAND && text.equals(name);
    }
}
