package dev.goldline.reports.render;

/** Makes text safe to show: what would steer a terminal or a text renderer becomes a visible character. */
final class VisibleText {
    private VisibleText() {}

    /** For running text: line feeds and tabs stay. */
    static String of(String text) {
        return convert(text, true);
    }

    /** For a cell of a table: one line. */
    static String line(String text) {
        return convert(text, false);
    }

    private static String convert(String text, boolean lines) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> append(visible, c, lines));
        return visible.toString();
    }

    private static void append(StringBuilder visible, int c, boolean lines) {
        if (c < 0x20) {
            if (lines && (c == '\n' || c == '\t')) {
                visible.append((char) c);
            } else {
                // The block of control pictures has one for each.
                visible.append((char) (0x2400 + c));
            }
        } else if (c == 0x7f) {
            visible.append('\u2421');
        } else if (c < 0xa0 && c > 0x7f || Character.getType(c) == Character.SURROGATE) {
            visible.append('\ufffd');
        } else if (steers(c)) {
            visible.append("\u2039U+%04X\u203a".formatted(c));
        } else {
            visible.appendCodePoint(c);
        }
    }

    /** Separators and the marks that turn the direction of text around. */
    private static boolean steers(int c) {
        return c == 0x2028
                || c == 0x2029
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xfeff;
    }
}
