package dev.goldline.judges.notation;

import dev.goldline.judges.notation.Answer.Bracket;
import dev.goldline.judges.notation.Answer.Group;
import dev.goldline.judges.notation.Answer.Interval;
import dev.goldline.judges.notation.Answer.Measured;
import dev.goldline.judges.notation.Answer.Relation;
import dev.goldline.judges.notation.Answer.Relator;
import dev.goldline.judges.notation.Answer.SetOperation;
import dev.goldline.judges.notation.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads everything above a formula.
 *
 * <pre>
 * answer    = words | list [ qualifier list ]
 * list      = row { ';' row }                      rows of one member each: the members; else a list of lists
 * row       = chain { ( ',' | 'and' | 'or' ) chain }
 * chain     = sets { relator sets }
 * sets      = quantity { ( '\cup' | '\cap' | '\setminus' ) quantity }
 * quantity  = ratio [ unit ]
 * ratio     = formula { ':' formula }
 * bracketed = '(' list ( ')' | ']' ) | '[' list ( ']' | ')' ) | '\{' list '\}' | '\langle' list '\rangle' | '{' list '}'
 * unit      = words [ '^' exponent ] | '%' | degrees
 * qualifier = 'for all' | 'where' | …
 * </pre>
 */
final class GroupReader {
    private static final Map<String, Relator> RELATORS = Map.ofEntries(
            Map.entry("=", Relator.EQUAL),
            Map.entry("!=", Relator.NOT_EQUAL),
            Map.entry("<", Relator.LESS),
            Map.entry("<=", Relator.LESS_OR_EQUAL),
            Map.entry(">", Relator.GREATER),
            Map.entry(">=", Relator.GREATER_OR_EQUAL),
            Map.entry("~=", Relator.APPROXIMATELY),
            Map.entry("==", Relator.EQUIVALENT),
            Map.entry("in", Relator.MEMBER),
            Map.entry("subset", Relator.SUBSET));

    private static final Map<String, SetOperation> OPERATIONS =
            Map.of("cup", SetOperation.UNION, "cap", SetOperation.INTERSECTION, "setminus", SetOperation.DIFFERENCE);

    private static final Pattern UNIT = Pattern.compile("[A-Za-z./ ]{1,40}");
    private static final int MOST_UNIT_WORDS = 3;
    private static final Set<String> CLOSING = Set.of(")", "]", "\\}", "}", "|");

    private final Cursor cursor;
    private final FormulaReader formulas;

    GroupReader(Cursor cursor) {
        this.cursor = cursor;
        formulas = new FormulaReader(cursor, this);
    }

    /** The whole text. */
    Answer answer() throws UnreadableException {
        Optional<String> words = onlyWords();
        if (words.isPresent()) {
            return new Answer.Text(words.get());
        }
        Answer main = list();
        if (cursor.peek().kind() == Kind.WORDS
                && Vocabulary.QUALIFIERS.contains(cursor.peek().text().toLowerCase(Locale.ROOT))) {
            StringBuilder qualifier = new StringBuilder(cursor.next().text());
            while (cursor.peek().kind() == Kind.WORDS && cursor.peek().text().matches("all|any|every|each|real")) {
                qualifier.append(' ').append(cursor.next().text());
            }
            main = new Answer.Qualified(main, List.of(list()));
        }
        if (!cursor.atEnd()) {
            throw cursor.unexpected("nothing more");
        }
        return main;
    }

    private Optional<String> onlyWords() {
        int mark = cursor.mark();
        StringBuilder words = new StringBuilder();
        boolean any = false;
        while (!cursor.atEnd()) {
            Token token = cursor.next();
            boolean joining = token.kind() == Kind.NAME && any || token.is(",") || token.is(Vocabulary.CONNECTOR);
            if (token.kind() != Kind.WORDS && !joining) {
                cursor.reset(mark);
                return Optional.empty();
            }
            any |= token.kind() == Kind.WORDS;
            words.append(words.isEmpty() ? "" : " ").append(token.text());
        }
        cursor.reset(mark);
        if (!any) {
            return Optional.empty();
        }
        while (!cursor.atEnd()) {
            cursor.next();
        }
        return Optional.of(words.toString());
    }

    /** A list up to a closing bracket or the end; of one member, the member. */
    Answer list() throws UnreadableException {
        List<Answer> members = members();
        return members.size() == 1 ? members.getFirst() : new Group(Bracket.NONE, members);
    }

    private List<Answer> members() throws UnreadableException {
        cursor.enter();
        List<List<Answer>> rows = new ArrayList<>();
        do {
            rows.add(row());
        } while (cursor.take(Vocabulary.SEMICOLON));
        cursor.leave();
        if (rows.size() == 1) {
            return rows.getFirst();
        }
        return rows.stream()
                .map(row -> row.size() == 1 ? row.getFirst() : (Answer) new Group(Bracket.NONE, row))
                .toList();
    }

    private List<Answer> row() throws UnreadableException {
        List<Answer> members = new ArrayList<>();
        do {
            members.add(chain());
        } while (separator());
        return members;
    }

    private boolean separator() {
        boolean comma = cursor.take(Vocabulary.COMMA);
        boolean connector = cursor.take(Vocabulary.CONNECTOR);
        return (comma || connector) && !(connector && cursor.atEnd());
    }

    private Answer chain() throws UnreadableException {
        List<Answer> sides = new ArrayList<>(List.of(sets()));
        List<Relator> relators = new ArrayList<>();
        while (cursor.peek().kind() == Kind.SIGN
                && RELATORS.containsKey(cursor.peek().text())) {
            relators.add(RELATORS.get(cursor.next().text()));
            sides.add(sets());
        }
        return relators.isEmpty() ? sides.getFirst() : new Relation(sides, relators);
    }

    private Answer sets() throws UnreadableException {
        Answer first = quantity();
        SetOperation operation = operation();
        if (operation == null) {
            return first;
        }
        List<Answer> sets = new ArrayList<>(List.of(first));
        while (operation() != null) {
            if (operation() != operation) {
                throw cursor.unexpected("brackets between different set operations");
            }
            cursor.next();
            sets.add(quantity());
        }
        return new Answer.Combined(operation, sets);
    }

    private @Nullable SetOperation operation() {
        Token token = cursor.peek();
        return token.kind() == Kind.COMMAND ? OPERATIONS.get(token.text()) : null;
    }

    private Answer quantity() throws UnreadableException {
        boolean currency = cursor.take("currency");
        Answer amount = ratio();
        if (cursor.take("currency")) {
            currency = true;
        }
        Optional<String> unit = unit(amount);
        if (unit.isPresent()) {
            return new Measured(amount, unit.get());
        }
        return currency ? new Measured(amount, "currency") : amount;
    }

    private Optional<String> unit(Answer amount) throws UnreadableException {
        StringBuilder unit = new StringBuilder();
        while (cursor.peek().kind() == Kind.WORDS && isUnit(cursor.peek().text(), unit)) {
            unit.append(unit.isEmpty() ? "" : " ").append(cursor.next().text());
            if (cursor.peek().is("^")) {
                cursor.next();
                Expression exponent = formulas.argument();
                unit.append('^').append(exponent instanceof Expression.Literal(var value, var d) ? value : "?");
            }
        }
        if (unit.isEmpty()) {
            return Optional.empty();
        }
        if (amount instanceof Measured || !(amount instanceof Expression)) {
            throw cursor.unexpected("a number before its unit");
        }
        String text = unit.toString();
        String lower = text.toLowerCase(Locale.ROOT);
        if (Vocabulary.PERCENT_WORDS.contains(lower)) {
            return Optional.of(Measured.PERCENT);
        }
        return Optional.of(Vocabulary.DEGREE_WORDS.contains(lower) ? Measured.DEGREE : text);
    }

    private static boolean isUnit(String words, StringBuilder before) {
        if (!UNIT.matcher(words).matches()) {
            return false;
        }
        String all = before + " " + words;
        String[] each = all.strip().toLowerCase(Locale.ROOT).split("[ ./]+", -1);
        if (each.length > MOST_UNIT_WORDS) {
            return false;
        }
        for (String word : each) {
            if (Vocabulary.NO_UNIT.contains(word)) {
                return false;
            }
        }
        return true;
    }

    private Answer ratio() throws UnreadableException {
        Answer first = formulas.formula();
        if (!cursor.peek().is(":")) {
            return first;
        }
        List<Expression> terms = new ArrayList<>(List.of(formulas.expression(first)));
        while (cursor.take(":")) {
            terms.add(formulas.expression(formulas.formula()));
        }
        return new Answer.Ratio(terms);
    }

    /** What an opening bracket begins, the bracket taken already. */
    Answer bracketed(String open) throws UnreadableException {
        int hidden = cursor.hideBars();
        if (open.equals("\\{") && cursor.take("\\}")) {
            cursor.showBars(hidden);
            return new Answer.NumberSet("empty");
        }
        List<Answer> members = members();
        cursor.showBars(hidden);
        return switch (open) {
            case "(" -> cursor.take("]") ? halfOpen(members, false) : closed(")", Bracket.ROUND, members);
            case "[" -> cursor.take(")") ? halfOpen(members, true) : closed("]", Bracket.SQUARE, members);
            case "\\{" -> closed("\\}", Bracket.BRACES, members);
            case "{" -> closed("}", Bracket.NONE, members);
            case "\\langle" -> angle(members);
            default -> throw cursor.unexpected("a bracket");
        };
    }

    private Answer angle(List<Answer> members) throws UnreadableException {
        if (!cursor.takeCommand("rangle")) {
            throw cursor.unexpected("'\\rangle'");
        }
        return new Group(Bracket.ANGLE, members);
    }

    private Answer closed(String close, Bracket bracket, List<Answer> members) throws UnreadableException {
        cursor.expect(close);
        if (members.size() == 2
                && bracket == Bracket.ROUND
                && (isInfinite(members.get(0)) || isInfinite(members.get(1)))) {
            return interval(members, false, false);
        }
        if (members.size() == 1
                && (bracket == Bracket.ROUND
                        || bracket == Bracket.NONE
                        || bracket == Bracket.SQUARE && !(members.getFirst() instanceof Group))) {
            return members.getFirst();
        }
        return new Group(bracket, members);
    }

    private static boolean isInfinite(Answer answer) {
        return answer instanceof Expression expression && infinity(expression) != 0;
    }

    /** 1 for infinity, -1 for minus infinity, else 0. */
    static int infinity(Expression expression) {
        return switch (expression) {
            case Expression.Constant constant -> constant == Expression.Constant.INFINITY ? 1 : 0;
            case Expression.Product(List<Expression> factors)
            when factors.size() == 2 && factors.getFirst().equals(Expression.Literal.of(-1)) ->
                -infinity(factors.get(1));
            default -> 0;
        };
    }

    private Answer halfOpen(List<Answer> members, boolean lowClosed) throws UnreadableException {
        if (members.size() != 2) {
            throw UnreadableException.unread("brackets of two kinds around " + members.size() + " values");
        }
        return interval(members, lowClosed, !lowClosed);
    }

    private Interval interval(List<Answer> ends, boolean lowClosed, boolean highClosed) throws UnreadableException {
        return new Interval(formulas.expression(ends.get(0)), formulas.expression(ends.get(1)), lowClosed, highClosed);
    }

    /** Whether the next token ends a list. */
    boolean closes() {
        Token token = cursor.peek();
        return token.kind() == Kind.END || token.kind() == Kind.SIGN && CLOSING.contains(token.text());
    }
}
