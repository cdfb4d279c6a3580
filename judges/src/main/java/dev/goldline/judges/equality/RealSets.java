package dev.goldline.judges.equality;

import dev.goldline.judges.arithmetic.Budget;
import dev.goldline.judges.arithmetic.Polynomial;
import dev.goldline.judges.arithmetic.Rational;
import dev.goldline.judges.notation.Answer;
import dev.goldline.judges.notation.Answer.Bracket;
import dev.goldline.judges.notation.Answer.Combined;
import dev.goldline.judges.notation.Answer.Group;
import dev.goldline.judges.notation.Answer.Interval;
import dev.goldline.judges.notation.Answer.Relation;
import dev.goldline.judges.notation.Answer.Relator;
import dev.goldline.judges.notation.Answer.SetOperation;
import dev.goldline.judges.notation.Expression;
import dev.goldline.judges.notation.Expression.Call;
import dev.goldline.judges.notation.Expression.Constant;
import dev.goldline.judges.notation.Expression.Function;
import dev.goldline.judges.notation.Expression.Literal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sets of real numbers as sorted pieces that do not touch, from intervals, unions, differences of points, and
 * inequalities in one unknown.
 */
final class RealSets {
    private static final Expression INFINITE = Constant.INFINITY;
    private static final Expression MINUS_INFINITE = Expression.negated(INFINITE);
    private static final int MOST_PIECES = 40;

    /** An interval, perhaps of one point. */
    record Piece(Expression low, Expression high, boolean lowClosed, boolean highClosed) {}

    /** The values an unknown may have. */
    record Solution(Answer unknown, List<Piece> pieces) {}

    /** Whether two ends are the same. */
    interface EndComparison {
        Finding compare(Expression left, Expression right);
    }

    /** Two ends whose order is not known. */
    static final class UnorderedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnorderedException() {
            super(null, null, false, false);
        }
    }

    private final ExpressionComparison expressions;
    private final EndComparison ends;
    private final Budget budget;

    /**
     * @param expressions tells the order of two ends
     * @param ends tells whether two ends of pieces are the same
     */
    RealSets(ExpressionComparison expressions, EndComparison ends, Budget budget) {
        this.expressions = expressions;
        this.ends = ends;
        this.budget = budget;
    }

    /**
     * The pieces of a set, sorted and joined; empty if the answer is no set of real numbers.
     *
     * @throws UnorderedException if two ends cannot be told apart
     */
    Optional<List<Piece>> of(Answer answer) {
        return raw(answer).map(this::normal);
    }

    private Optional<List<Piece>> raw(Answer answer) {
        return switch (answer) {
            case Interval(Expression low, Expression high, boolean l, boolean h) ->
                Optional.of(List.of(new Piece(low, high, l, h)));
            case Group(Bracket bracket, List<Answer> members) -> group(bracket, members);
            case Combined(SetOperation operation, List<Answer> sets) -> combined(operation, sets);
            case Answer.NumberSet(String name) ->
                switch (name) {
                    case "R" -> Optional.of(List.of(new Piece(MINUS_INFINITE, INFINITE, false, false)));
                    case "empty" -> Optional.of(List.of());
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    private static Optional<List<Piece>> group(Bracket bracket, List<Answer> members) {
        if (bracket == Bracket.BRACES) {
            return points(members);
        }
        if (members.size() == 2
                && (bracket == Bracket.ROUND || bracket == Bracket.SQUARE)
                && members.get(0) instanceof Expression low
                && members.get(1) instanceof Expression high) {
            boolean closed = bracket == Bracket.SQUARE;
            return Optional.of(List.of(new Piece(low, high, closed, closed)));
        }
        return Optional.empty();
    }

    private static Optional<List<Piece>> points(List<Answer> members) {
        List<Piece> pieces = new ArrayList<>();
        for (Answer member : members) {
            if (!(member instanceof Expression point) || Expressions.has(point, Expression.PlusMinus.class)) {
                return Optional.empty();
            }
            pieces.add(new Piece(point, point, true, true));
        }
        return Optional.of(pieces);
    }

    private Optional<List<Piece>> combined(SetOperation operation, List<Answer> sets) {
        List<List<Piece>> parts = new ArrayList<>();
        for (Answer set : sets) {
            Optional<List<Piece>> pieces = raw(set);
            if (pieces.isEmpty()) {
                return Optional.empty();
            }
            parts.add(pieces.get());
        }
        return switch (operation) {
            case UNION -> Optional.of(parts.stream().flatMap(List::stream).toList());
            case DIFFERENCE -> without(parts);
            case INTERSECTION -> Optional.empty();
        };
    }

    /** The first set without the points of the others. */
    private Optional<List<Piece>> without(List<List<Piece>> sets) {
        List<Piece> rest = normal(sets.getFirst());
        for (List<Piece> removed : sets.subList(1, sets.size())) {
            for (Piece point : removed) {
                if (!point.low.equals(point.high)) {
                    return Optional.empty();
                }
                rest = without(rest, point.low);
            }
        }
        return Optional.of(rest);
    }

    private List<Piece> without(List<Piece> pieces, Expression point) {
        List<Piece> rest = new ArrayList<>();
        for (Piece piece : pieces) {
            int low = order(point, piece.low);
            int high = order(point, piece.high);
            if (low < 0 || high > 0) {
                rest.add(piece);
            } else {
                if (low > 0) {
                    rest.add(new Piece(piece.low, point, piece.lowClosed, false));
                }
                if (high < 0) {
                    rest.add(new Piece(point, piece.high, false, piece.highClosed));
                }
            }
        }
        return rest;
    }

    private List<Piece> normal(List<Piece> pieces) {
        if (pieces.size() > MOST_PIECES) {
            throw new UnorderedException();
        }
        List<Piece> sorted = new ArrayList<>();
        for (Piece piece : pieces) {
            int order = order(piece.low, piece.high);
            if (order > 0 || order == 0 && !(piece.lowClosed && piece.highClosed)) {
                continue;
            }
            int at = 0;
            while (at < sorted.size() && before(sorted.get(at), piece)) {
                at++;
            }
            sorted.add(at, piece);
        }
        List<Piece> joined = new ArrayList<>();
        for (Piece piece : sorted) {
            if (!joined.isEmpty() && touches(joined.getLast(), piece)) {
                joined.add(join(joined.removeLast(), piece));
            } else {
                joined.add(piece);
            }
        }
        return joined;
    }

    private boolean before(Piece first, Piece second) {
        int order = order(first.low, second.low);
        return order < 0 || order == 0 && (first.lowClosed || !second.lowClosed);
    }

    private boolean touches(Piece first, Piece second) {
        int gap = order(second.low, first.high);
        return gap < 0 || gap == 0 && (first.highClosed || second.lowClosed);
    }

    private Piece join(Piece first, Piece second) {
        int order = order(first.high, second.high);
        return order > 0
                ? first
                : new Piece(
                        first.low, second.high, first.lowClosed, second.highClosed || order == 0 && first.highClosed);
    }

    private static int infinity(Expression expression) {
        return expression.equals(INFINITE) ? 1 : expression.equals(MINUS_INFINITE) ? -1 : 0;
    }

    private int order(Expression left, Expression right) {
        int a = infinity(left);
        int b = infinity(right);
        if (a != 0 || b != 0) {
            return Integer.compare(a, b);
        }
        if (!ExpressionComparison.isConstant(left) || !ExpressionComparison.isConstant(right)) {
            throw new UnorderedException();
        }
        return expressions.order(left, right).orElseThrow(UnorderedException::new);
    }

    /** Whether two sets of pieces are the same. */
    Finding compare(List<Piece> left, List<Piece> right) {
        if (left.size() != right.size()) {
            return Finding.no("interval", "sets of different pieces");
        }
        boolean unknown = false;
        for (int i = 0; i < left.size(); i++) {
            Piece a = left.get(i);
            Piece b = right.get(i);
            if (a.lowClosed != b.lowClosed || a.highClosed != b.highClosed) {
                return Finding.no("interval", "an end belongs to one side only");
            }
            for (Finding end : List.of(ends(a.low, b.low), ends(a.high, b.high))) {
                if (end.isNo()) {
                    return end.through("interval");
                }
                unknown |= !end.isYes();
            }
        }
        return unknown ? Finding.unknown("interval", "ends that cannot be compared") : Finding.yes("interval", "");
    }

    private Finding ends(Expression left, Expression right) {
        int a = infinity(left);
        int b = infinity(right);
        if (a != 0 || b != 0) {
            return a == b ? Finding.yes("identical", "") : Finding.no("exact", "one end is infinite");
        }
        return ends.compare(left, right);
    }

    /** What an inequality, an exclusion or a membership says of one unknown; empty if it is none of these. */
    Optional<Solution> solve(Answer answer) {
        if (!(answer instanceof Relation(List<Answer> sides, List<Relator> relators))) {
            return Optional.empty();
        }
        if (relators.equals(List.of(Relator.MEMBER)) && Labels.isLabel(sides.getFirst())) {
            return of(sides.get(1)).map(pieces -> new Solution(sides.getFirst(), pieces));
        }
        if (relators.size() == 1) {
            return link(sides.get(0), relators.getFirst(), sides.get(1));
        }
        if (relators.size() == 2 && sides.get(1) instanceof Expression) {
            Optional<Solution> first = link(sides.get(0), relators.get(0), sides.get(1));
            Optional<Solution> second = link(sides.get(1), relators.get(1), sides.get(2));
            if (first.isPresent() && second.isPresent() && first.get().unknown.equals(second.get().unknown)) {
                return Optional.of(
                        new Solution(first.get().unknown, normal(meet(first.get().pieces, second.get().pieces))));
            }
        }
        return Optional.empty();
    }

    private List<Piece> meet(List<Piece> left, List<Piece> right) {
        List<Piece> both = new ArrayList<>();
        for (Piece a : left) {
            for (Piece b : right) {
                int low = order(a.low, b.low);
                int high = order(a.high, b.high);
                both.add(new Piece(
                        low >= 0 ? a.low : b.low,
                        high <= 0 ? a.high : b.high,
                        low > 0 ? a.lowClosed : low < 0 ? b.lowClosed : a.lowClosed && b.lowClosed,
                        high < 0 ? a.highClosed : high > 0 ? b.highClosed : a.highClosed && b.highClosed));
            }
        }
        return both;
    }

    private Optional<Solution> link(Answer left, Relator relator, Answer right) {
        if (!(left instanceof Expression a) || !(right instanceof Expression b)) {
            return Optional.empty();
        }
        if (isEnd(b) && isUnknown(a)) {
            return Optional.of(bounded(a, relator, b));
        }
        if (isEnd(a) && isUnknown(b)) {
            return Optional.of(bounded(b, relator.mirrored(), a));
        }
        return linear(a, relator, b);
    }

    private static boolean isEnd(Expression expression) {
        return infinity(expression) != 0 || ExpressionComparison.isConstant(expression);
    }

    private static boolean isUnknown(Expression expression) {
        return expression instanceof Expression.Name
                || expression instanceof Expression.Application
                || expression instanceof Call(Function function, List<Expression> arguments)
                        && function == Function.ABS
                        && arguments.getFirst() instanceof Expression.Name;
    }

    private Solution bounded(Expression unknown, Relator relator, Expression end) {
        if (unknown instanceof Call(Function function, List<Expression> arguments)) {
            // |x| against an end: the same for both signs of x, and x real.
            List<Piece> sizes = meet(pieces(relator, end), List.of(new Piece(Literal.of(0), INFINITE, true, false)));
            List<Piece> both = new ArrayList<>(sizes);
            for (Piece size : sizes) {
                both.add(new Piece(opposite(size.high), opposite(size.low), size.highClosed, size.lowClosed));
            }
            return new Solution(arguments.getFirst(), normal(both));
        }
        return new Solution(unknown, pieces(relator, end));
    }

    private static Expression opposite(Expression end) {
        return end.equals(MINUS_INFINITE) ? INFINITE : Expression.negated(end);
    }

    private static List<Piece> pieces(Relator relator, Expression end) {
        return switch (relator) {
            case LESS -> List.of(new Piece(MINUS_INFINITE, end, false, false));
            case LESS_OR_EQUAL -> List.of(new Piece(MINUS_INFINITE, end, false, true));
            case GREATER -> List.of(new Piece(end, INFINITE, false, false));
            case GREATER_OR_EQUAL -> List.of(new Piece(end, INFINITE, true, false));
            case NOT_EQUAL ->
                List.of(new Piece(MINUS_INFINITE, end, false, false), new Piece(end, INFINITE, false, false));
            case EQUAL, APPROXIMATELY, EQUIVALENT, MEMBER, SUBSET -> throw new UnorderedException();
        };
    }

    /** a x + b against 0, with rational a and b. */
    private Optional<Solution> linear(Expression left, Relator relator, Expression right) {
        Canonical canonical = new Canonical(budget);
        Canonical.Fraction difference = canonical.minus(canonical.of(left), canonical.of(right));
        List<String> variables = canonical.variables(difference.top());
        if (variables.size() != 1 || !difference.isPolynomial() || !canonical.isFree(difference.top())) {
            return Optional.empty();
        }
        int generator = canonical.generator(variables.getFirst());
        Polynomial top = difference.top();
        if (top.degree(generator) != 1 || top.has(Polynomial.I)) {
            return Optional.empty();
        }
        Rational scale = Rational.ONE.over(difference.bottom().constant(), budget);
        Rational slope = top.coefficient(generator).times(scale, budget);
        Rational end = top.constant().times(scale, budget).negate().over(slope, budget);
        Relator turned = slope.signum() > 0 ? relator : relator.mirrored();
        return Optional.of(
                new Solution(new Expression.Name(variables.getFirst()), pieces(turned, new Literal(end, -1))));
    }
}
