package dev.goldline.judges.extraction;

import java.util.ArrayList;
import java.util.List;

/**
 * The formulas of a text: {@code $…$} and {@code \(…\)} within a line, {@code $$…$$} and {@code \[…\]} anywhere. A formula
 * in a line must end there, for a lone dollar sign is a price, and would pair with any other below it.
 */
final class Formulas {
    private static final String[][] DELIMITERS = {{"$$", "$$"}, {"\\[", "\\]"}, {"\\(", "\\)"}, {"$", "$"}};
    private static final int DISPLAYED = 2;

    /**
     * A formula, its delimiters included.
     *
     * @param start offset of the opening delimiter
     * @param end offset after the closing one
     * @param width length of a delimiter
     */
    record Formula(int start, int end, int width) {
        String content(String text) {
            return text.substring(start + width, end - width);
        }
    }

    private Formulas() {}

    static List<Formula> in(String text, int from, int to) {
        List<Formula> formulas = new ArrayList<>();
        int at = from;
        while (at < to) {
            char c = text.charAt(at);
            if (c != '$' && c != '\\') {
                at++;
                continue;
            }
            int end = formulaEnd(text, at, to, formulas);
            at = end > at ? end : at + (c == '\\' ? 2 : 1);
        }
        return formulas;
    }

    private static int formulaEnd(String text, int at, int to, List<Formula> formulas) {
        for (int i = 0; i < DELIMITERS.length; i++) {
            String[] delimiter = DELIMITERS[i];
            if (text.startsWith(delimiter[0], at)) {
                int width = delimiter[0].length();
                int close = close(text, delimiter[1], at + width, to, i >= DISPLAYED);
                if (close > at + width) {
                    formulas.add(new Formula(at, close + width, width));
                    return close + width;
                }
                return -1;
            }
        }
        return -1;
    }

    private static int close(String text, String delimiter, int from, int to, boolean inLine) {
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (inLine && c == '\n') {
                return -1;
            }
            if (text.startsWith(delimiter, at)) {
                return at;
            }
            if (c == '\\') {
                at++;
            }
        }
        return -1;
    }
}
