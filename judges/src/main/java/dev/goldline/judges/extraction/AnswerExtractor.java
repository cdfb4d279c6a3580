package dev.goldline.judges.extraction;

import dev.goldline.judges.extraction.Extraction.Rule;
import dev.goldline.judges.notation.AnswerReader;
import dev.goldline.judges.notation.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the answer of a text by an {@link ExtractionPolicy}. What stands before the last {@code </think>} is thought, and
 * what follows a chat marker such as {@code <|im_start|>} is no longer the answer.
 */
public final class AnswerExtractor {
    private static final String END_OF_THOUGHT = "</think>";
    private static final String CHAT_MARKER = "<|im_";

    /** The weaker rules look at the end of a text only. */
    private static final int SEARCHED = 6_000;

    private static final int LONGEST_WHOLE = 1_500;
    private static final int MOST_WORDS = 3;

    private static final Pattern STATEMENT =
            Pattern.compile("(?:final answer|answer)\\**\\s*(?:is\\s*:?|:|=)\\s*\\**", Pattern.CASE_INSENSITIVE);
    private static final Pattern SENTENCE_END = Pattern.compile("\\.(?=\\s|$|\\*)|\\n");
    private static final Pattern IS = Pattern.compile("\\b(?:is|are)\\s*:?\\s+");
    private static final Pattern WORD = Pattern.compile("(?<![\\\\A-Za-z])[A-Za-z]{2,}");
    private static final Pattern WORDING =
            Pattern.compile("\\\\(?:text|mbox|textbf|mathrm|textnormal|operatorname)\\s*\\{[^{}]*\\}");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![A-Za-z0-9_.,/])[-+\\u2212]?(?:[0-9]++(?:[.,][0-9]++)*+|\\.[0-9]++)"
                    + "(?:/[0-9]++)?(?:\\s?(?:\\\\?%|percent\\b|pct\\b))?");
    private static final Pattern PERCENT = Pattern.compile("[\\s$]*(\\\\?%|percent(?:age)?\\b|pct\\b)");
    private static final Pattern UNIT = Pattern.compile("\\s?[A-Za-z]{2,12}(?:\\s[A-Za-z]{2,12})?\\.?\\s*");
    private static final Pattern JOINT = Pattern.compile("\\s*(?:,?\\s*(?:and|or)|,|;)\\s*");

    private AnswerExtractor() {}

    /** The answer of a text; empty if no rule of the policy finds one. */
    public static Optional<Extraction> extract(String text, ExtractionPolicy policy) {
        int thought = text.lastIndexOf(END_OF_THOUGHT);
        int from = thought < 0 ? 0 : thought + END_OF_THOUGHT.length();
        int marker = text.indexOf(CHAT_MARKER, from);
        int to = marker < 0 ? text.length() : marker;
        Boxes boxes = Boxes.in(text, from, to);
        int start = Math.max(from, to - SEARCHED);
        Optional<Extraction> statement = policy.statements() ? statement(text, start, to) : Optional.empty();
        if (!boxes.isEmpty()) {
            Extraction box = box(text, boxes.lastGroup(text), to);
            boolean later = policy.latest()
                    && statement.filter(each -> each.start() > box.end()).isPresent();
            return later ? statement : Optional.of(box);
        }
        if (policy.unclosed() && boxes.unclosed() >= 0) {
            String rest = text.substring(boxes.unclosed(), to);
            return Optional.of(new Extraction(rest, boxes.unclosed(), to, Rule.UNCLOSED_BOX));
        }
        if (statement.isPresent()) {
            return statement;
        }
        Optional<Extraction> whole = policy.whole() ? whole(text, from, to) : Optional.empty();
        return whole.isPresent() || !policy.guesses() ? whole : guess(text, start, to);
    }

    private static Extraction box(String text, List<Boxes.Box> group, int to) {
        StringBuilder content = new StringBuilder();
        for (Boxes.Box box : group) {
            content.append(content.isEmpty() ? "" : ", ").append(text, box.start(), box.end());
        }
        int end = group.getLast().end();
        Matcher percent = PERCENT.matcher(text).region(end + 1, Math.min(to, end + 20));
        if (percent.lookingAt()) {
            content.append(percent.group(1).endsWith("%") ? "\\%" : " percent");
        }
        return new Extraction(
                content.toString(), group.getFirst().start(), end, group.size() == 1 ? Rule.BOX : Rule.BOXES);
    }

    private static Optional<Extraction> statement(String text, int from, int to) {
        Matcher matcher = STATEMENT.matcher(text).region(from, to);
        int start = -1;
        while (matcher.find()) {
            start = matcher.end();
        }
        if (start < 0) {
            return Optional.empty();
        }
        int end = sentenceEnd(text, start, to);
        Matcher is = IS.matcher(text).region(start, end);
        while (is.find()) {
            start = is.end() < end ? is.end() : start;
        }
        return fragment(text, start, end, Rule.STATEMENT);
    }

    /** Full stops inside a formula end no sentence. */
    private static int sentenceEnd(String text, int start, int to) {
        List<Formulas.Formula> formulas = Formulas.in(text, start, Math.min(to, start + 1_000));
        Matcher end = SENTENCE_END.matcher(text).region(start, to);
        while (end.find()) {
            int at = end.start();
            boolean inside = formulas.stream().anyMatch(formula -> formula.start() <= at && at < formula.end());
            if (!inside && at > start) {
                return at;
            }
        }
        return to;
    }

    /** A short text that can be read as it stands, else its last formula or number, else its words. */
    private static Optional<Extraction> fragment(String text, int from, int to, Rule rule) {
        int start = from;
        int end = to;
        while (start < end
                && " \t\n\"*\\'`".indexOf(text.charAt(start)) >= 0
                && !(text.charAt(start) == '\\' && text.charAt(Math.min(end - 1, start + 1)) != '"')) {
            start++;
        }
        while (end > start && " \t\n\"*'`.".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        if (end > start && text.charAt(end - 1) == '\\') {
            end--;
        }
        if (end <= start) {
            return Optional.empty();
        }
        String whole = text.substring(start, end);
        if (isAnswer(whole)) {
            return Optional.of(new Extraction(whole, start, end, rule));
        }
        int first = start;
        int last = end;
        return guess(text, first, last)
                .map(guess -> new Extraction(guess.content(), guess.start(), guess.end(), rule))
                .or(() -> Optional.of(new Extraction(whole, first, last, rule)));
    }

    private static Optional<Extraction> whole(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        String whole = text.substring(start, end);
        // Where nothing else is allowed, the text is the answer, read or not.
        return !whole.isEmpty() && isAnswer(whole)
                ? Optional.of(new Extraction(whole, start, end, Rule.WHOLE))
                : Optional.empty();
    }

    private static boolean isAnswer(String text) {
        if (text.length() > LONGEST_WHOLE) {
            return false;
        }
        Matcher words = WORD.matcher(WORDING.matcher(text).replaceAll(" "));
        int count = 0;
        while (words.find()) {
            if (!words.group().matches("and|or|[A-Z]+|sqrt|pi|sin|cos|tan|log|ln")) {
                count++;
            }
        }
        if (count > MOST_WORDS) {
            return false;
        }
        try {
            AnswerReader.read(text);
            return true;
        } catch (UnreadableException e) {
            return false;
        }
    }

    private static Optional<Extraction> guess(String text, int from, int to) {
        List<Formulas.Formula> formulas = Formulas.in(text, from, to);
        Optional<Extraction> formula = formulas.isEmpty() ? Optional.empty() : Optional.of(last(text, formulas, to));
        Optional<Extraction> number = lastNumber(text, from, to, formulas);
        if (formula.isEmpty() || number.isEmpty()) {
            return formula.or(() -> number);
        }
        return formula.get().end() > number.get().start() ? formula : number;
    }

    /** The last formula, with those before it that only connectors part from it, and a unit behind it. */
    private static Extraction last(String text, List<Formulas.Formula> formulas, int to) {
        int first = formulas.size() - 1;
        while (first > 0
                && JOINT.matcher(text)
                        .region(
                                formulas.get(first - 1).end(),
                                formulas.get(first).start())
                        .matches()) {
            first--;
        }
        StringBuilder content = new StringBuilder();
        for (Formulas.Formula formula : new ArrayList<>(formulas.subList(first, formulas.size()))) {
            content.append(content.isEmpty() ? "" : ", ").append(formula.content(text));
        }
        int end = formulas.getLast().end();
        Matcher percent = PERCENT.matcher(text).region(end, Math.min(to, end + 20));
        Matcher unit = UNIT.matcher(text).region(end, Math.min(to, end + 30));
        if (percent.lookingAt()) {
            content.append("\\%");
        } else if (unit.matches()) {
            content.append("\\text{").append(unit.group().strip()).append('}');
        }
        return new Extraction(content.toString(), formulas.get(first).start(), end, Rule.LAST_FORMULA);
    }

    private static Optional<Extraction> lastNumber(String text, int from, int to, List<Formulas.Formula> formulas) {
        Matcher number = NUMBER.matcher(text).region(from, to);
        Optional<Extraction> last = Optional.empty();
        int formula = 0;
        while (number.find()) {
            while (formula < formulas.size() && formulas.get(formula).end() <= number.start()) {
                formula++;
            }
            boolean inside = formula < formulas.size() && formulas.get(formula).start() <= number.start();
            if (!inside) {
                last = Optional.of(new Extraction(number.group(), number.start(), number.end(), Rule.LAST_NUMBER));
            }
        }
        return last;
    }
}
