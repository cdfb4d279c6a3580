package dev.goldline.judges.contract;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a problem declares about its answer.
 *
 * <p>As text, a shape and options, separated by semicolons:
 *
 * <pre>
 * shape  = 'any' | 'integer' [ LOW '-' HIGH ] | 'number' | 'list' | 'ordered list' | 'tuple' | 'interval'
 *        | 'expression in' NAME { ',' NAME } | 'choice' FIRST '-' LAST | 'text'
 * option = 'decimals' N | 'any names' | 'set notation'
 * </pre>
 *
 * <p>For example {@code integer 0-999}, {@code expression in n}, {@code interval; decimals 2}.
 *
 * @param shape the form of the answer
 * @param low the least integer, for {@link Shape#INTEGER}
 * @param high the greatest integer, for {@link Shape#INTEGER}
 * @param names the variables of an expression, or the letters of a choice; empty if not declared; a record of what the
 *     problem says, which rules no answer out by itself
 * @param decimals digits a decimal must have to stand for a value that it is rounded from, both after the point and in
 *     all; at least 1
 * @param anyNames whether variables may be renamed
 * @param setNotation whether an answer must be written as a set or interval, not as an inequality
 */
public record AnswerContract(
        Shape shape,
        BigInteger low,
        BigInteger high,
        List<String> names,
        int decimals,
        boolean anyNames,
        boolean setNotation) {

    private static final int DECIMALS = 6;
    private static final BigInteger FAR = BigInteger.TEN.pow(1_000);

    /** Nothing is declared. */
    public static final AnswerContract ANY = of(Shape.ANY);

    private static final Pattern RANGE =
            Pattern.compile("integer\\s+(-?[0-9]{1,50})\\s*(?:-|\\.\\.|to)\\s*(-?[0-9]{1,50})");
    private static final Pattern CHOICE = Pattern.compile("choice\\s+([A-Z])\\s*-\\s*([A-Z])");
    private static final Pattern EXPRESSION = Pattern.compile("expression\\s+in\\s+(\\w+(?:\\s*,\\s*\\w+)*)");
    private static final Pattern DIGITS = Pattern.compile("decimals\\s+([1-9][0-9]?)");

    /** The forms an answer can have. */
    public enum Shape {
        ANY,
        INTEGER,
        NUMBER,
        /** Values in any order. */
        LIST,
        ORDERED_LIST,
        /** Values in order, as a point or vector. */
        TUPLE,
        INTERVAL,
        EXPRESSION,
        CHOICE,
        TEXT
    }

    public AnswerContract {
        names = List.copyOf(names);
        if (low.compareTo(high) > 0) {
            throw new IllegalArgumentException("a range from " + low + " to " + high);
        }
        if (decimals < 1) {
            throw new IllegalArgumentException("decimals must be at least 1, was " + decimals);
        }
    }

    /** A shape with nothing more declared. */
    public static AnswerContract of(Shape shape) {
        return new AnswerContract(shape, FAR.negate(), FAR, List.of(), DECIMALS, false, false);
    }

    /** Integers of a range, both ends included. */
    public static AnswerContract integer(long low, long high) {
        return new AnswerContract(
                Shape.INTEGER, BigInteger.valueOf(low), BigInteger.valueOf(high), List.of(), DECIMALS, false, false);
    }

    public AnswerContract withDecimals(int digits) {
        return new AnswerContract(shape, low, high, names, digits, anyNames, setNotation);
    }

    public AnswerContract withAnyNames() {
        return new AnswerContract(shape, low, high, names, decimals, true, setNotation);
    }

    public AnswerContract withSetNotation() {
        return new AnswerContract(shape, low, high, names, decimals, anyNames, true);
    }

    /**
     * A contract from its text.
     *
     * @throws IllegalArgumentException with the accepted forms, if it is none
     */
    public static AnswerContract parse(String text) {
        String[] parts = text.strip().split("\\s*;\\s*", -1);
        AnswerContract contract = shape(parts[0]);
        for (int i = 1; i < parts.length; i++) {
            Matcher digits = DIGITS.matcher(parts[i]);
            if (digits.matches()) {
                contract = contract.withDecimals(Integer.parseInt(digits.group(1)));
            } else if (parts[i].equals("any names")) {
                contract = contract.withAnyNames();
            } else if (parts[i].equals("set notation")) {
                contract = contract.withSetNotation();
            } else {
                throw new IllegalArgumentException(
                        "unknown option '" + parts[i] + "' in a contract; use decimals N, any names, set notation");
            }
        }
        return contract;
    }

    private static AnswerContract shape(String text) {
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            return new AnswerContract(
                    Shape.INTEGER,
                    new BigInteger(range.group(1)),
                    new BigInteger(range.group(2)),
                    List.of(),
                    DECIMALS,
                    false,
                    false);
        }
        Matcher choice = CHOICE.matcher(text);
        if (choice.matches()) {
            List<String> letters = new ArrayList<>();
            for (char letter = choice.group(1).charAt(0);
                    letter <= choice.group(2).charAt(0);
                    letter++) {
                letters.add(String.valueOf(letter));
            }
            return named(Shape.CHOICE, letters);
        }
        Matcher expression = EXPRESSION.matcher(text);
        if (expression.matches()) {
            return named(Shape.EXPRESSION, List.of(expression.group(1).split("\\s*,\\s*", -1)));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "any" -> ANY;
            case "integer" -> of(Shape.INTEGER);
            case "number" -> of(Shape.NUMBER);
            case "list" -> of(Shape.LIST);
            case "ordered list" -> of(Shape.ORDERED_LIST);
            case "tuple" -> of(Shape.TUPLE);
            case "interval" -> of(Shape.INTERVAL);
            case "text" -> of(Shape.TEXT);
            default ->
                throw new IllegalArgumentException("unknown contract '" + text
                        + "'; use any, integer, integer 0-999, number, list, ordered list, tuple, interval,"
                        + " expression in x, choice A-E or text");
        };
    }

    private static AnswerContract named(Shape shape, List<String> names) {
        return new AnswerContract(shape, FAR.negate(), FAR, names, DECIMALS, false, false);
    }
}
