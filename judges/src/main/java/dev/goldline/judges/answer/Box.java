package dev.goldline.judges.answer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The content of a box and where it stands.
 *
 * @param start offset of the first character inside the braces, in the whole text
 * @param end offset of the closing brace
 */
record Box(String content, int start, int end) {
    private static final String END_OF_THOUGHT = "</think>";
    private static final int PLAIN_BRACE = -1;

    /**
     * The last balanced {@code \boxed{...}} or {@code \fbox{...}} after the last {@code </think>}; of nested boxes the
     * outermost. One pass, whatever the text.
     */
    static Optional<Box> last(String text) {
        int thoughtEnd = text.lastIndexOf(END_OF_THOUGHT);
        int from = thoughtEnd < 0 ? 0 : thoughtEnd + END_OF_THOUGHT.length();
        Deque<Integer> open = new ArrayDeque<>();
        int start = -1;
        int end = -1;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                int inside = insideOfBox(text, at);
                if (inside > 0) {
                    open.push(inside);
                    at = inside;
                } else {
                    at += 2;
                }
                continue;
            }
            if (c == '{') {
                open.push(PLAIN_BRACE);
            } else if (c == '}' && !open.isEmpty()) {
                int opened = open.pop();
                if (opened != PLAIN_BRACE) {
                    start = opened;
                    end = at;
                }
            }
            at++;
        }
        return start < 0 ? Optional.empty() : Optional.of(new Box(text.substring(start, end), start, end));
    }

    /** The offset after the opening brace if a box command starts here, or 0. */
    private static int insideOfBox(String text, int backslash) {
        for (String command : new String[] {"\\boxed", "\\fbox"}) {
            if (text.startsWith(command, backslash)) {
                int at = backslash + command.length();
                // TeX skips white space between a command and its argument; a page of it is no argument.
                int furthest = Math.min(text.length(), at + 16);
                while (at < furthest && Character.isWhitespace(text.charAt(at))) {
                    at++;
                }
                if (at < text.length() && text.charAt(at) == '{') {
                    return at + 1;
                }
            }
        }
        return 0;
    }
}
