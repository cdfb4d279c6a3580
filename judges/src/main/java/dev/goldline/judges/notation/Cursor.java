package dev.goldline.judges.notation;

import dev.goldline.judges.notation.Token.Kind;
import java.util.List;

/** A place among tokens, and how deep the reader has gone. */
final class Cursor {
    private static final int DEEPEST = 60;

    private final List<Token> tokens;
    private int at;
    private int depth;

    /** Bars that are open: a bar where a factor may begin opens another, elsewhere it closes the last. */
    private int bars;

    Cursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (at < tokens.size() - 1) {
            at++;
        }
        return token;
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    boolean take(String sign) {
        if (peek().is(sign)) {
            at++;
            return true;
        }
        return false;
    }

    boolean takeCommand(String name) {
        if (peek().isCommand(name)) {
            at++;
            return true;
        }
        return false;
    }

    void expect(String sign) throws UnreadableException {
        if (!take(sign)) {
            throw unexpected("'" + sign + "'");
        }
    }

    /**
     * The first digit of the number here; the others stay. {@code \frac12} is one half: TeX takes one token.
     */
    Expression.Literal splitDigit() throws UnreadableException {
        Token number = peek();
        if (number.text().indexOf('.') >= 0) {
            throw unexpected("braces around a decimal");
        }
        String rest = number.text().substring(1);
        tokens.set(at, new Token(Kind.NUMBER, number.text().substring(0, 1), number.at(), number.spaced()));
        tokens.add(at + 1, new Token(Kind.NUMBER, rest, number.at() + 1, false));
        at++;
        return Expression.Literal.of(number.text().charAt(0) - '0');
    }

    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }

    void enter() throws UnreadableException {
        if (++depth > DEEPEST) {
            throw UnreadableException.tooLong("nested deeper than " + DEEPEST);
        }
    }

    void leave() {
        depth--;
    }

    void openBar() {
        bars++;
    }

    void closeBar() throws UnreadableException {
        bars--;
        expect("|");
    }

    boolean isInBars() {
        return bars > 0;
    }

    /** Inside other brackets a bar opens again. */
    int hideBars() {
        int hidden = bars;
        bars = 0;
        return hidden;
    }

    void showBars(int hidden) {
        bars = hidden;
    }

    UnreadableException unexpected(String expected) {
        Token token = peek();
        String found = token.kind() == Kind.END ? "the end" : "'" + Excerpt.of(token.text(), 20) + "'";
        return UnreadableException.unread(
                "expected " + expected + " at character " + (token.at() + 1) + ", found " + found);
    }
}
