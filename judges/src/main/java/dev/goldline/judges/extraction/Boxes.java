package dev.goldline.judges.extraction;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The balanced {@code \boxed{...}} and {@code \fbox{...}} of a text; of nested boxes the outermost. */
final class Boxes {
    /**
     * The inside of a box.
     *
     * @param start offset of the first character inside the braces
     * @param end offset of the closing brace
     */
    record Box(int start, int end) {}

    private static final List<String> COMMANDS = List.of("\\boxed", "\\fbox");
    private static final int PLAIN_BRACE = -1;

    /** Only so many boxes at the end of a text can be joined. */
    private static final int MOST = 64;

    private static final int LONGEST_BETWEEN = 80;
    private static final Pattern INVISIBLE = Pattern.compile(
            "\\$|\\\\[()\\[\\]\\\\,;!: ]|\\\\q?quad|\\\\(?:text|mbox|textrm)\\s*\\{([^{}]*)\\}|[\\s.*~]|(?<=[a-z])\\)|\\(");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z](?:_\\{?\\w{1,3}\\}?)?=");
    private static final Pattern DIVIDER = Pattern.compile("([+=*#~-])\\1{2,}");
    private static final Pattern SEPARATOR = Pattern.compile("[,;]*(?:and|or)?[,;]*");
    private static final Pattern WORDS_THEN_CONNECTOR = Pattern.compile("(?:[A-Za-z()]{1,12}\\s+){0,4}(?:and|or)");

    private final List<Box> found = new ArrayList<>();
    private int unclosed = -1;

    private Boxes() {}

    /** The last boxes between two offsets, in order. */
    static Boxes in(String text, int from, int to) {
        Boxes boxes = new Boxes();
        boxes.scan(text, from, to);
        return boxes;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    /** Offset of the inside of a last box that is not closed, behind all that are; -1 if there is none. */
    int unclosed() {
        return unclosed;
    }

    /** The last box, and those before it that only connectors part from it. */
    List<Box> lastGroup(String text) {
        int first = found.size() - 1;
        while (first > 0 && connected(text, found.get(first - 1), found.get(first))) {
            first--;
        }
        return found.subList(first, found.size());
    }

    private static boolean connected(String text, Box before, Box after) {
        int start = before.end + 1;
        int end = text.lastIndexOf('\\', after.start - 1);
        if (end > start && text.charAt(end - 1) == '\\') {
            end--;
        }
        if (end < start || end - start > LONGEST_BETWEEN) {
            return false;
        }
        String between = text.substring(start, end);
        if (between.contains("\n\n")) {
            return false;
        }
        Matcher invisible = INVISIBLE.matcher(between);
        String plain = invisible
                .replaceAll(
                        match -> " " + (match.group(1) == null ? "" : Matcher.quoteReplacement(match.group(1))) + " ")
                .strip();
        String tight = plain.replaceAll("\\s+", "");
        Matcher label = LABEL.matcher(tight);
        if (label.find() && label.end() == tight.length()) {
            tight = tight.substring(0, label.start());
            plain = tight;
        }
        return SEPARATOR.matcher(tight).matches()
                || DIVIDER.matcher(tight).matches()
                || WORDS_THEN_CONNECTOR.matcher(plain.replaceAll("\\s+", " ")).matches();
    }

    private void scan(String text, int from, int to) {
        Deque<Integer> open = new ArrayDeque<>();
        int at = first(text, from, to);
        while (at < to) {
            char c = text.charAt(at);
            if (c == '\\') {
                // A text escaped twice has its box behind two backslashes.
                int inside = Math.max(inside(text, at), inside(text, at + 1));
                if (inside > 0 && inside <= to) {
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
                    add(new Box(opened, at));
                }
            }
            at++;
        }
        int last = found.isEmpty() ? from : found.getLast().end;
        for (int opened : open) {
            if (opened > last) {
                unclosed = opened;
            }
        }
    }

    /** Where the first box command may be; nothing before it matters. */
    private static int first(String text, int from, int to) {
        int first = to;
        for (String command : COMMANDS) {
            int at = text.indexOf(command, from);
            first = at < 0 ? first : Math.min(first, at);
        }
        return first > from && first < to && text.charAt(first - 1) == '\\' ? first - 1 : first;
    }

    private void add(Box box) {
        while (!found.isEmpty() && found.getLast().start > box.start) {
            found.removeLast();
        }
        found.add(box);
        if (found.size() > 2 * MOST) {
            found.subList(0, MOST).clear();
        }
    }

    /** The offset after the opening brace if a box command starts here, or 0. */
    private static int inside(String text, int backslash) {
        // Most commands are neither: two characters tell.
        if (backslash + 2 >= text.length()) {
            return 0;
        }
        char first = text.charAt(backslash + 1);
        char second = text.charAt(backslash + 2);
        if (!(first == 'b' && second == 'o') && !(first == 'f' && second == 'b')) {
            return 0;
        }
        for (String command : COMMANDS) {
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
