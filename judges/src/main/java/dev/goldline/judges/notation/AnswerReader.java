package dev.goldline.judges.notation;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads an answer.
 *
 * <p>A comma between digits can mean three things. {@code 1,234} alone is read as one number; {@code 1,5} as two numbers,
 * with the decimal {@code 1.5} as the other reading. Whoever compares decides what the other reading is worth.
 */
public final class AnswerReader {
    /** Longer texts are not read. */
    public static final int LONGEST = 10_000;

    static final int MOST_DIGITS = 1_000;

    private static final Pattern THOUSANDS =
            Pattern.compile("([+-]?(?:\\\\?\\$|\\s)*)([1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+)"
                    + "((?:\\.[0-9]+)?[^0-9,]{0,40})");
    private static final Pattern DECIMAL_COMMA =
            Pattern.compile("([+-]?(?:\\\\?\\$|\\s)*[0-9]+),([0-9]+(?:[^0-9,].{0,40})?)", Pattern.DOTALL);
    private static final int LONGEST_NUMBER = 80;

    /** What a comma was taken for in a second reading. */
    public enum OtherReading {
        /** There is no second reading. */
        NONE,
        /** The first reading joined groups of digits; the second is a list. */
        LIST,
        /** The first reading is a list; the second has a decimal comma. */
        DECIMAL_COMMA
    }

    /**
     * What a text says.
     *
     * @param answer the usual reading
     * @param other the second reading; the same as the first if there is none
     * @param kind what the second reading is
     */
    public record Reading(Answer answer, Answer other, OtherReading kind) {}

    private AnswerReader() {}

    /**
     * Reads a text.
     *
     * @throws UnreadableException if any part of it cannot be read
     */
    public static Reading read(String text) throws UnreadableException {
        if (text.length() > LONGEST) {
            throw UnreadableException.tooLong(text.length() + " characters; at most " + LONGEST + " are read");
        }
        String stripped = text.strip();
        // Trimming the text has left one half of a control space.
        if (stripped.endsWith("\\") && !stripped.endsWith("\\\\")) {
            stripped = stripped.substring(0, stripped.length() - 1);
        }
        if (stripped.length() <= LONGEST_NUMBER) {
            Matcher thousands = THOUSANDS.matcher(stripped);
            if (thousands.matches()) {
                String joined = thousands.group(1) + thousands.group(2).replaceAll("[, ]", "") + thousands.group(3);
                Answer number = single(joined);
                return thousands.group(2).indexOf(',') < 0
                        ? new Reading(number, number, OtherReading.NONE)
                        : new Reading(number, single(stripped), OtherReading.LIST);
            }
            Matcher decimal = DECIMAL_COMMA.matcher(stripped);
            if (decimal.matches()) {
                Answer list = orElse(stripped, decimal.group(1) + "." + decimal.group(2));
                return new Reading(list, single(decimal.group(1) + "." + decimal.group(2)), OtherReading.DECIMAL_COMMA);
            }
        }
        Answer answer = single(stripped);
        return new Reading(answer, answer, OtherReading.NONE);
    }

    private static Answer orElse(String first, String second) throws UnreadableException {
        try {
            return single(first);
        } catch (UnreadableException e) {
            return single(second);
        }
    }

    private static Answer single(String text) throws UnreadableException {
        return new GroupReader(new Cursor(Lexer.tokens(text))).answer();
    }
}
