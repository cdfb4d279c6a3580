package dev.goldline.judges.answer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads integers, fractions, decimals and tuples.
 *
 * <pre>
 * answer   = value | '$' value '$' | '$$' value '$$' | '\(' value '\)' | '\[' value '\]'
 * value    = '(' value { ',' value } ')'          one value: itself; more: a tuple; '\left(' and '\right)' alike
 *          | '{' value '}'
 *          | [sign] fraction
 *          | [sign] digits '.' digits | [sign] '.' digits
 *          | [sign] integer [ '/' integer ]
 * fraction = ( '\frac' | '\dfrac' | '\tfrac' | '\cfrac' ) argument argument
 * argument = digit | '{' [sign] integer '}'
 * integer  = digits | group { separator group }   the first group of 1 to 3 digits and no leading zero, others of 3
 * separator= '{,}' | '\,' | ',\!' | '{,}\!'
 * sign     = '+' | '-' | U+2212
 * </pre>
 *
 * <p>Between symbols there may be white space, {@code ~} and the spacing commands. A bare comma never groups digits:
 * {@code 1,234} could be a list. What does not match to its last character is unreadable.
 */
final class AnswerReader {
    /** The text is not in the grammar, or exceeds a limit. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;
        private final String code;

        Unreadable(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        /** {@code unread} or {@code too-long}. */
        String code() {
            return code;
        }

        /** What stood in the way. */
        String reason() {
            return String.valueOf(getMessage());
        }
    }

    static final int LONGEST = 2_000;
    static final int MOST_DIGITS = 400;
    static final int DEEPEST = 8;

    private static final String[] SPACING = {"\\,", "\\;", "\\:", "\\!", "\\ ", "\\quad", "\\qquad", "\\thinspace"};
    private static final String[] SEPARATORS = {"{,}\\!", "{,}", ",\\!", "\\,"};
    private static final String[] FRACTIONS = {"\\frac", "\\dfrac", "\\tfrac", "\\cfrac"};
    private static final String[][] WRAPPERS = {{"$$", "$$"}, {"$", "$"}, {"\\(", "\\)"}, {"\\[", "\\]"}};

    private final String text;
    private int at;

    private AnswerReader(String text) {
        this.text = text;
    }

    /**
     * The value of a text.
     *
     * @throws Unreadable if any part of it cannot be read
     */
    static AnswerValue read(String text) throws Unreadable {
        if (text.length() > LONGEST) {
            throw new Unreadable("too-long", text.length() + " characters; at most " + LONGEST + " are read");
        }
        return new AnswerReader(text).answer();
    }

    private AnswerValue answer() throws Unreadable {
        skipSpace();
        for (String[] wrapper : WRAPPERS) {
            if (take(wrapper[0])) {
                AnswerValue value = value(0);
                expect(wrapper[1]);
                return end(value);
            }
        }
        return end(value(0));
    }

    private AnswerValue end(AnswerValue value) throws Unreadable {
        skipSpace();
        if (at < text.length()) {
            throw unread("nothing more");
        }
        return value;
    }

    private AnswerValue value(int depth) throws Unreadable {
        if (depth > DEEPEST) {
            throw new Unreadable("too-long", "nested deeper than " + DEEPEST);
        }
        skipSpace();
        if (take("(") || take("\\left(")) {
            return tuple(depth);
        }
        if (take("{")) {
            AnswerValue value = value(depth + 1);
            expect("}");
            return value;
        }
        boolean negative = sign();
        AnswerValue.Rational number = number();
        return negative ? number.negate() : number;
    }

    private AnswerValue tuple(int depth) throws Unreadable {
        List<AnswerValue> values = new ArrayList<>();
        do {
            values.add(value(depth + 1));
            skipSpace();
        } while (take(","));
        if (!take(")")) {
            expect("\\right)");
        }
        return values.size() == 1 ? values.getFirst() : new AnswerValue.Tuple(values);
    }

    private AnswerValue.Rational number() throws Unreadable {
        for (String fraction : FRACTIONS) {
            if (take(fraction)) {
                return quotient(argument(), argument());
            }
        }
        int start = at;
        BigInteger whole = peek() == '.' ? BigInteger.ZERO : integer();
        boolean plain = text.substring(start, at).chars().allMatch(AnswerReader::isDigit);
        if (plain && peek() == '.') {
            at++;
            String decimals = digits();
            BigInteger scale = BigInteger.TEN.pow(decimals.length());
            return AnswerValue.Rational.of(whole.multiply(scale).add(new BigInteger(decimals)), scale);
        }
        skipSpace();
        if (take("/")) {
            skipSpace();
            return quotient(whole, integer());
        }
        return AnswerValue.Rational.of(whole, BigInteger.ONE);
    }

    private AnswerValue.Rational quotient(BigInteger numerator, BigInteger denominator) throws Unreadable {
        if (denominator.signum() == 0) {
            throw new Unreadable("unread", "division by zero before character " + (at + 1));
        }
        return AnswerValue.Rational.of(numerator, denominator);
    }

    private BigInteger argument() throws Unreadable {
        skipSpace();
        if (isDigit(peek())) {
            return BigInteger.valueOf(text.charAt(at++) - '0');
        }
        expect("{");
        skipSpace();
        boolean negative = sign();
        BigInteger value = integer();
        expect("}");
        return negative ? value.negate() : value;
    }

    private BigInteger integer() throws Unreadable {
        StringBuilder all = new StringBuilder(digits());
        boolean groups = all.length() <= 3 && all.charAt(0) != '0';
        while (groups && takeSeparator()) {
            String group = digits();
            if (group.length() != 3) {
                throw new Unreadable("unread", "a group of " + group.length() + " digits before character " + (at + 1));
            }
            all.append(group);
            if (all.length() > MOST_DIGITS) {
                throw tooManyDigits();
            }
        }
        return new BigInteger(all.toString());
    }

    /** A separator counts only if a digit follows; otherwise it may be a space at the end of a number. */
    private boolean takeSeparator() {
        for (String separator : SEPARATORS) {
            int next = at + separator.length();
            if (text.startsWith(separator, at) && next < text.length() && isDigit(text.charAt(next))) {
                at = next;
                return true;
            }
        }
        return false;
    }

    private String digits() throws Unreadable {
        int start = at;
        while (isDigit(peek())) {
            at++;
        }
        if (at == start) {
            throw unread("a digit");
        }
        if (at - start > MOST_DIGITS) {
            throw tooManyDigits();
        }
        return text.substring(start, at);
    }

    private static Unreadable tooManyDigits() {
        return new Unreadable("too-long", "a number of more than " + MOST_DIGITS + " digits");
    }

    private boolean sign() {
        char c = peek();
        if (c == '+' || c == '-' || c == '\u2212') {
            at++;
            skipSpace();
        }
        return c == '-' || c == '\u2212';
    }

    private void skipSpace() {
        boolean moved = true;
        while (moved) {
            moved = false;
            while (Character.isWhitespace(peek()) || peek() == '~') {
                at++;
            }
            for (String command : SPACING) {
                moved |= take(command);
            }
        }
    }

    private void expect(String symbol) throws Unreadable {
        skipSpace();
        if (!take(symbol)) {
            throw unread("'" + symbol + "'");
        }
    }

    /** Takes a symbol; a command of letters only where no further letter follows. */
    private boolean take(String symbol) {
        if (!text.startsWith(symbol, at)) {
            return false;
        }
        int next = at + symbol.length();
        boolean command = symbol.length() > 1 && Character.isLetter(symbol.charAt(symbol.length() - 1));
        if (command && next < text.length() && Character.isLetter(text.charAt(next))) {
            return false;
        }
        at = next;
        return true;
    }

    /** The character here; NUL at the end, which no production takes. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private Unreadable unread(String expected) {
        String found =
                at < text.length() ? "'" + text.substring(at, Math.min(text.length(), at + 20)) + "'" : "the end";
        return new Unreadable("unread", "expected " + expected + " at character " + (at + 1) + ", found " + found);
    }
}
