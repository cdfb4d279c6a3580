package dev.goldline.judges.notation;

import dev.goldline.judges.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a text into tokens.
 *
 * <p>Dollar signs, the other delimiters of formulas, spacing commands and {@code \left}, {@code \right} print nothing and
 * leave no token. Backslashes that are all doubled (a text escaped twice) count once. Digits may be grouped in threes by
 * {@code {,}}, {@code ,\!} or {@code \,}. Everything else leaves a token.
 */
final class Lexer {
    private static final int DEEPEST = 8;
    static final int MOST_TOKENS = 4_000;

    private static final Pattern GROUPED =
            Pattern.compile("(?:\\s?\\{\\s?,\\s?\\}\\s?(?:\\\\!)?|,\\\\!\\s?|\\\\,)(?=[0-9])");
    private static final Pattern CONNECTOR = Pattern.compile("[,;]?\\s*(?:and|or)\\s*[,;]?");
    private static final Pattern FIGURES = Pattern.compile("[0-9][0-9.,/ ]*");

    private final String text;
    private final int depth;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private boolean spaced;

    private Lexer(String text, int depth) {
        this.text = text;
        this.depth = depth;
    }

    /** The tokens of a text, the last an {@link Kind#END}. */
    static List<Token> tokens(String text) throws UnreadableException {
        return tokens(onceEscaped(text), 0);
    }

    private static List<Token> tokens(String text, int depth) throws UnreadableException {
        if (depth > DEEPEST) {
            throw UnreadableException.tooLong("styles nested deeper than " + DEEPEST);
        }
        Lexer lexer = new Lexer(plainCharacters(text), depth);
        while (lexer.at < lexer.text.length()) {
            lexer.token();
        }
        lexer.add(Kind.END, "", lexer.at);
        return lexer.tokens;
    }

    /** Halves the backslashes of a text in which each run of them is even. */
    static String onceEscaped(String text) {
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                int start = i;
                while (i < text.length() && text.charAt(i) == '\\') {
                    i++;
                }
                if ((i - start) % 2 == 1) {
                    return text;
                }
                any = true;
            }
        }
        return any ? text.replace("\\\\", "\\") : text;
    }

    private static String plainCharacters(String text) {
        if (text.chars().allMatch(c -> c < 128)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String known = Vocabulary.CHARACTERS.get(c);
            plain.append(known == null ? String.valueOf(c) : known);
        }
        return plain.toString();
    }

    private void token() throws UnreadableException {
        char c = text.charAt(at);
        if (Character.isWhitespace(c) || c == '~' || c == '$' || c == '\u00a0') {
            spaced = true;
            at++;
        } else if (isDigit(c) || c == '.' && isDigit(charAt(at + 1))) {
            number();
        } else if (c == '\\') {
            command();
        } else if (isLetter(c)) {
            letters();
        } else if (c == '.' && text.substring(at + 1).isBlank()) {
            // The full stop of a sentence.
            at++;
        } else {
            sign();
        }
    }

    private void number() throws UnreadableException {
        int start = at;
        StringBuilder digits = new StringBuilder(digits());
        boolean groups = digits.length() >= 1 && digits.length() <= 3 && digits.charAt(0) != '0';
        Matcher group = GROUPED.matcher(text);
        while (!digits.isEmpty() && group.region(at, text.length()).lookingAt()) {
            int end = group.end();
            while (isDigit(charAt(end))) {
                end++;
            }
            if (!groups || end - group.end() != 3) {
                if (group.group().equals("\\,")) {
                    break;
                }
                throw UnreadableException.unread("digits that are not in groups of three at character " + (start + 1));
            }
            digits.append(text, group.end(), end);
            at = end;
        }
        if (charAt(at) == '.' && isDigit(charAt(at + 1))) {
            at++;
            digits.append('.').append(digits());
        }
        if (digits.length() > AnswerReader.MOST_DIGITS) {
            throw UnreadableException.tooLong("a number of more than " + AnswerReader.MOST_DIGITS + " digits");
        }
        add(Kind.NUMBER, digits.toString(), start);
    }

    private String digits() {
        int start = at;
        while (isDigit(charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void command() throws UnreadableException {
        int start = at;
        char next = charAt(at + 1);
        if (!isLetter(next)) {
            at += 2;
            switch (next) {
                case ',', ';', ':', '!', ' ', '(', ')', '[', ']', '/', '\0', '\n', '\t' -> spaced = true;
                case '{', '}' -> add(Kind.SIGN, "\\" + next, start);
                case '%' -> add(Kind.SIGN, "%", start);
                case '$' -> add(Kind.SIGN, "currency", start);
                case '\\' -> add(Kind.SIGN, "\\\\", start);
                case '|' -> throw UnreadableException.unread("a double bar at character " + (start + 1));
                default -> throw UnreadableException.unread("\\" + next + " at character " + (start + 1));
            }
            return;
        }
        at++;
        while (isLetter(charAt(at))) {
            at++;
        }
        named(text.substring(start + 1, at), start);
    }

    private void named(String name, int start) throws UnreadableException {
        String sign = Vocabulary.SIGNS.get(name);
        if (Vocabulary.INVISIBLE.contains(name)) {
            spaced = true;
            if ((name.equals("left") || name.equals("right")) && charAt(at) == '.') {
                at++;
            }
        } else if (sign != null) {
            add(Kind.SIGN, sign, start);
        } else if (Vocabulary.WORDING.contains(name)) {
            words(argument(), start);
        } else if (Vocabulary.STYLE.contains(name)) {
            style(argument(), start);
        } else if (name.equals("pi")
                || Vocabulary.PRODUCTIONS.contains(name)
                || Vocabulary.FUNCTIONS.containsKey(name)
                || Vocabulary.LIST_FUNCTIONS.containsKey(name)) {
            add(Kind.COMMAND, name, start);
        } else if (Vocabulary.GREEK.contains(name)) {
            add(Kind.NAME, name, start);
        } else if (name.startsWith("quad") || name.startsWith("qquad")) {
            // A space command run into the next variable.
            at = start + 1 + name.indexOf("quad") + "quad".length();
            spaced = true;
        } else {
            throw UnreadableException.unread("unknown command \\" + cut(name) + " at character " + (start + 1));
        }
    }

    /** The text of a braced argument, or of the one character that follows. */
    private String argument() throws UnreadableException {
        while (Character.isWhitespace(charAt(at))) {
            at++;
        }
        if (charAt(at) != '{') {
            return at < text.length() ? String.valueOf(text.charAt(at++)) : "";
        }
        int start = at + 1;
        int depth = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return text.substring(start, at++);
            }
        }
        throw UnreadableException.unread("a brace that does not close at character " + start);
    }

    private void words(String content, int start) throws UnreadableException {
        String trimmed = content.strip();
        if (CONNECTOR.matcher(trimmed).matches()) {
            add(Kind.SIGN, Vocabulary.CONNECTOR, start);
        } else if (FIGURES.matcher(trimmed).matches()) {
            for (Token token : tokens(trimmed, depth + 1)) {
                if (token.kind() != Kind.END) {
                    add(token.kind(), token.text(), start);
                }
            }
        } else if (trimmed.equals(",") || trimmed.equals(";")) {
            add(Kind.SIGN, trimmed, start);
        } else if (!trimmed.isEmpty()) {
            add(Kind.WORDS, trimmed.replaceAll("\\s+", " "), start);
        }
    }

    private void style(String content, int start) throws UnreadableException {
        String trimmed = content.strip();
        if (!trimmed.isEmpty() && trimmed.chars().allMatch(c -> isLetter((char) c))) {
            run(trimmed, start);
        } else {
            for (Token token : tokens(trimmed, depth + 1)) {
                if (token.kind() != Kind.END) {
                    add(token.kind(), token.text(), start);
                }
            }
        }
    }

    private void letters() throws UnreadableException {
        int start = at;
        while (isLetter(charAt(at))) {
            at++;
        }
        String run = text.substring(start, at);
        // "3or4" and ")orW" come from formulas whose spaces were lost.
        if (start > 0 && !spaced && run.length() <= 4) {
            for (String connector : List.of("or", "and")) {
                if (run.startsWith(connector) && ")]}0123456789".indexOf(text.charAt(start - 1)) >= 0) {
                    at = start + connector.length();
                    run = connector;
                    break;
                }
            }
        }
        run(run, start);
    }

    private void run(String run, int start) throws UnreadableException {
        String lower = run.toLowerCase(Locale.ROOT);
        if (run.equals("and") || run.equals("or")) {
            add(Kind.SIGN, Vocabulary.CONNECTOR, start);
        } else if (run.equals("in") && spaced && charAt(at) == ' ' && !tokens.isEmpty() && last().kind() == Kind.NAME) {
            add(Kind.SIGN, "in", start);
        } else if (Vocabulary.UNITS.contains(lower) && run.length() > 1 && !tokens.isEmpty() && closesNumber()) {
            add(Kind.WORDS, run, start);
        } else if (run.equals("pi")
                || run.equals("sqrt")
                || run.equals("log")
                || run.equals("mod")
                || Vocabulary.FUNCTIONS.containsKey(run)
                || Vocabulary.LIST_FUNCTIONS.containsKey(run)) {
            add(Kind.COMMAND, run, start);
        } else if (run.equals("infinity") || run.equals("inf")) {
            add(Kind.COMMAND, "infty", start);
        } else if (run.length() > 1 && (Vocabulary.isWord(run) || Vocabulary.NO_UNIT.contains(run))) {
            add(Kind.WORDS, run, start);
        } else {
            for (int i = 0; i < run.length(); i++) {
                add(Kind.NAME, run.substring(i, i + 1), start + i);
            }
        }
    }

    private boolean closesNumber() {
        Token last = last();
        return last.kind() == Kind.NUMBER || last.is("}") || last.is(")");
    }

    private Token last() {
        return tokens.getLast();
    }

    private void sign() throws UnreadableException {
        char c = text.charAt(at);
        char next = charAt(at + 1);
        int start = at;
        if (c == '<' && next == '=' || c == '>' && next == '=' || c == '!' && next == '=') {
            if (c == '!' && !spaced && charAt(at + 2) != ' ') {
                throw UnreadableException.unread(
                        "'!=' at character " + (at + 1) + ": a factorial and an equals sign, or \"not equal\"");
            }
            at += 2;
            add(Kind.SIGN, text.substring(start, at), start);
        } else if ("+-*/^_'!|()[]{}<>=,;:%&".indexOf(c) >= 0) {
            at++;
            if (c == '*' && next == '*') {
                at++;
                add(Kind.SIGN, "^", start);
            } else {
                add(Kind.SIGN, String.valueOf(c), start);
            }
        } else if (c == '\u20ac' || c == '\u00a3' || c == '\u00a5') {
            at++;
            add(Kind.SIGN, "currency", start);
        } else {
            throw UnreadableException.unread("character '" + cut(text.substring(at)) + "' at " + (at + 1));
        }
    }

    private void add(Kind kind, String content, int start) throws UnreadableException {
        if (tokens.size() >= MOST_TOKENS) {
            throw UnreadableException.tooLong("more than " + MOST_TOKENS + " symbols");
        }
        tokens.add(new Token(kind, content, start, spaced));
        spaced = false;
    }

    /** The character there; NUL beyond the end, which nothing takes. */
    private char charAt(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static String cut(String text) {
        return Excerpt.of(text, 20);
    }
}
