package dev.goldline.judges.equality;

import dev.goldline.judges.arithmetic.Budget;
import dev.goldline.judges.arithmetic.BudgetExceededException;
import dev.goldline.judges.arithmetic.IndeterminateException;
import dev.goldline.judges.arithmetic.Rational;
import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.contract.AnswerContract.Shape;
import dev.goldline.judges.notation.Answer;
import dev.goldline.judges.notation.Answer.BaseNumber;
import dev.goldline.judges.notation.Answer.Bracket;
import dev.goldline.judges.notation.Answer.Combined;
import dev.goldline.judges.notation.Answer.Group;
import dev.goldline.judges.notation.Answer.Interval;
import dev.goldline.judges.notation.Answer.Matrix;
import dev.goldline.judges.notation.Answer.Measured;
import dev.goldline.judges.notation.Answer.NumberSet;
import dev.goldline.judges.notation.Answer.Qualified;
import dev.goldline.judges.notation.Answer.Ratio;
import dev.goldline.judges.notation.Answer.Relation;
import dev.goldline.judges.notation.Expression;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Compares two answers of any shape. Symmetric: the sides are put in the order of their shapes first, and every
 * comparison of two of a kind treats them alike.
 */
public final class AnswerComparison {
    /** What a comparison may cost in all. */
    private static final long OPERATIONS = 400_000;

    private static final Set<String> UNIT_LETTERS =
            Set.of("m", "g", "s", "h", "L", "l", "N", "J", "W", "V", "A", "K", "C");

    private final AnswerContract contract;
    private final Budget budget;
    private final ExpressionComparison expressions;
    private final RealSets sets;
    private final GroupComparison groups;
    private final RelationComparison relations;

    private AnswerComparison(AnswerContract contract) {
        this.contract = contract;
        budget = new Budget(OPERATIONS);
        expressions = new ExpressionComparison(budget);
        sets = new RealSets(expressions, this::expressions, budget);
        groups = new GroupComparison(this, contract);
        relations = new RelationComparison(this, sets, budget);
    }

    /** Whether two answers say the same under a contract. */
    public static Finding compare(Answer left, Answer right, AnswerContract contract) {
        AnswerComparison comparison = new AnswerComparison(contract);
        // Whichever side came first, the work is done in one order: the same budget runs out at the same place.
        boolean swap = left.toString().compareTo(right.toString()) > 0;
        Answer first = swap ? right : left;
        Answer second = swap ? left : right;
        Answer a = contract.anyNames() ? Renaming.inOrder(first) : first;
        Answer b = contract.anyNames() ? Renaming.inOrder(second) : second;
        try {
            return comparison.equal(a, b);
        } catch (BudgetExceededException e) {
            return a.equals(b)
                    ? Finding.yes("identical", "")
                    : Finding.unknown("budget", "more " + e.allowance() + " than are allowed");
        } catch (IndeterminateException e) {
            return Finding.unknown("undefined", String.valueOf(e.getMessage()));
        } catch (RealSets.UnorderedException e) {
            return a.equals(b)
                    ? Finding.yes("identical", "")
                    : Finding.unknown("interval", "ends whose order is not known");
        }
    }

    /** Where each shape stands: of two shapes the one that stands first is the left side. */
    private static int rank(Answer answer) {
        return switch (answer) {
            case Answer.Text ignored -> 0;
            case Qualified ignored -> 1;
            case Relation ignored -> 2;
            case Measured ignored -> 3;
            case Group ignored -> 4;
            case Combined ignored -> 5;
            case Interval ignored -> 6;
            case NumberSet ignored -> 7;
            case Matrix ignored -> 8;
            case Ratio ignored -> 9;
            case BaseNumber ignored -> 10;
            case Expression ignored -> 11;
        };
    }

    Finding equal(Answer left, Answer right) {
        budget.spend(1);
        Answer a = Signs.expanded(Labels.withoutGloss(left).orElse(left));
        Answer b = Signs.expanded(Labels.withoutGloss(right).orElse(right));
        return rank(a) <= rank(b) ? ordered(a, b) : ordered(b, a);
    }

    /** The left side stands first, or with the right one. */
    private Finding ordered(Answer a, Answer b) {
        return switch (a) {
            case Answer.Text text -> text(text, b);
            case Qualified qualified -> qualified(qualified, b);
            case Relation relation ->
                b instanceof Relation other ? relations.compare(relation, other) : relations.compareValue(relation, b);
            case Measured measured -> b instanceof Measured other ? measured(measured, other) : measured(measured, b);
            case Group group -> group(group, b);
            case Combined ignored -> realSets(a, b);
            case Interval ignored -> realSets(a, b);
            case NumberSet set -> numberSet(set, b);
            case Matrix matrix -> b instanceof Matrix other ? matrices(matrix, other) : kinds(a, b);
            case Ratio ratio -> ratio(ratio, b);
            case BaseNumber number -> baseNumber(number, b);
            case Expression expression -> b instanceof Expression other ? expressions(expression, other) : kinds(a, b);
        };
    }

    private static Finding kinds(Answer a, Answer b) {
        return Finding.no("shape", shape(a) + " is not " + shape(b));
    }

    private static String shape(Answer answer) {
        return switch (answer) {
            case Answer.Text ignored -> "text";
            case Qualified ignored -> "a family";
            case Relation ignored -> "a relation";
            case Measured ignored -> "a quantity";
            case Group(Bracket bracket, List<Answer> members) -> "a list of " + members.size();
            case Combined ignored -> "a union";
            case Interval ignored -> "an interval";
            case NumberSet ignored -> "a set";
            case Matrix ignored -> "a matrix";
            case Ratio ignored -> "a ratio";
            case BaseNumber ignored -> "a number with a base";
            case Expression ignored -> "a number or formula";
        };
    }

    private static Finding text(Answer.Text text, Answer other) {
        Optional<String> a = Words.of(text);
        Optional<String> b = Words.of(other);
        return a.isPresent() && b.isPresent()
                ? Words.compare(a.get(), b.get())
                : Finding.unknown("text", "words against " + shape(other));
    }

    private Finding qualified(Qualified family, Answer other) {
        if (other instanceof Qualified(Answer main, List<Answer> conditions)
                && conditions.equals(family.conditions())) {
            Finding finding = equal(family.main(), main);
            return finding.isYes() ? finding : Finding.unknown("family", "families are compared as written");
        }
        return Finding.unknown("family", "families are compared as written");
    }

    private Finding measured(Measured a, Measured b) {
        Finding amounts = equal(a.amount(), b.amount());
        String unitA = a.unit().toLowerCase(Locale.ROOT);
        String unitB = b.unit().toLowerCase(Locale.ROOT);
        if (unitA.equals(unitB) || unitA.equals(unitB + "s") || unitB.equals(unitA + "s")) {
            return amounts;
        }
        return Finding.unknown("unit", "units " + first(unitA, unitB) + " and " + last(unitA, unitB));
    }

    private static String first(String a, String b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private static String last(String a, String b) {
        return a.compareTo(b) <= 0 ? b : a;
    }

    private Finding measured(Measured quantity, Answer bare) {
        if (quantity.unit().equals(Measured.PERCENT)
                && bare instanceof Expression
                && quantity.amount() instanceof Expression amount) {
            Finding hundredths = equal(new Expression.Quotient(amount, Expression.Literal.of(100)), bare);
            if (hundredths.isYes()) {
                return hundredths.through("percent");
            }
            return equal(amount, bare).isNo() && hundredths.isNo()
                    ? hundredths.through("percent")
                    : Finding.unknown("percent", "a percent sign on one side only");
        }
        if (quantity.unit().equals(Measured.DEGREE) && bare instanceof Expression) {
            Finding amounts = equal(quantity.amount(), bare);
            return amounts.isYes()
                    ? amounts.through("unit")
                    : Finding.unknown("unit", "degrees against a number without unit");
        }
        return equal(quantity.amount(), bare).through("unit " + quantity.unit() + " on one side");
    }

    private Finding group(Group group, Answer other) {
        return switch (other) {
            case Group another -> groups.compare(group, another);
            case Interval ignored -> realSets(group, other);
            case Combined ignored -> realSets(group, other);
            case NumberSet set -> numberSet(set, group);
            case Matrix matrix -> groups.compareVector(group, matrix);
            case Expression ignored -> groups.compareSingle(group, other);
            default -> kinds(group, other);
        };
    }

    private Finding numberSet(NumberSet set, Answer other) {
        if (other instanceof NumberSet(String name)) {
            return set.name().equals(name)
                    ? Finding.yes("identical", "")
                    : Finding.unknown("set", "sets with different names");
        }
        Optional<List<RealSets.Piece>> mine = sets.of(set);
        Optional<List<RealSets.Piece>> others = sets.of(other);
        return mine.isPresent() && others.isPresent()
                ? sets.compare(mine.get(), others.get())
                : Finding.unknown("set", "a named set against " + shape(other));
    }

    /** An interval or union against another set; a pair in round brackets counts as an open interval here. */
    Finding realSets(Answer a, Answer b) {
        if (b instanceof Expression || b instanceof Ratio || b instanceof BaseNumber || b instanceof Matrix) {
            return kinds(a, b);
        }
        if (a.equals(b)) {
            return Finding.yes("identical", "");
        }
        Optional<List<RealSets.Piece>> left = sets.of(a);
        Optional<List<RealSets.Piece>> right = sets.of(b);
        if (left.isEmpty() || right.isEmpty()) {
            return a instanceof Group(Bracket bracket, List<Answer> members) && members.size() != 2
                    ? kinds(a, b)
                    : Finding.unknown("set", "sets that cannot be written as intervals");
        }
        return sets.compare(left.get(), right.get());
    }

    private Finding matrices(Matrix a, Matrix b) {
        if (a.rows().size() != b.rows().size()
                || a.rows().getFirst().size() != b.rows().getFirst().size()) {
            return Finding.no("matrix", "matrices of different sizes");
        }
        Finding worst = Finding.yes("matrix", "entry by entry");
        for (int i = 0; i < a.rows().size(); i++) {
            worst = groups.worst(worst, a.rows().get(i), b.rows().get(i));
            if (worst.isNo()) {
                return worst.through("matrix");
            }
        }
        return worst;
    }

    private Finding ratio(Ratio ratio, Answer other) {
        if (!(other instanceof Ratio(List<Expression> terms))) {
            return Finding.unknown("ratio", "a ratio against " + shape(other));
        }
        if (ratio.terms().size() != terms.size()) {
            return Finding.no("ratio", "ratios of different lengths");
        }
        Finding terms1 = groups.worst(Finding.yes("ratio", "term by term"), ratio.terms(), terms);
        if (terms1.isYes() || isClock(ratio.terms()) || isClock(terms)) {
            return terms1;
        }
        for (int i = 1; i < terms.size(); i++) {
            Expression cross = new Expression.Product(List.of(ratio.terms().get(0), terms.get(i)));
            Expression other2 =
                    new Expression.Product(List.of(terms.get(0), ratio.terms().get(i)));
            Finding proportion = expressions.compare(cross, other2);
            if (!proportion.isYes()) {
                return proportion.through("ratio");
            }
        }
        return Finding.yes("ratio", "in proportion");
    }

    /** A ratio with a zero can only be a time of day. */
    private static boolean isClock(List<Expression> terms) {
        return terms.stream().anyMatch(term -> term.equals(Expression.Literal.of(0)));
    }

    private Finding baseNumber(BaseNumber number, Answer other) {
        BigInteger value = new BigInteger(number.digits(), number.base());
        if (other instanceof BaseNumber(String digits, int base)) {
            boolean same = value.equals(new BigInteger(digits, base));
            if (same && base != number.base()) {
                return Finding.unknown("base", "the same number in different bases");
            }
            return same ? Finding.yes("base", "the same digits") : Finding.no("base", "different numbers");
        }
        if (!(other instanceof Expression expression)) {
            return kinds(number, other);
        }
        Finding finding = expressions.compare(new Expression.Literal(Rational.of(value), -1), expression);
        return finding.isYes() && number.base() != 10
                ? Finding.unknown("base", "the same number, but a base on one side only")
                : finding;
    }

    /** Two formulas; a decimal also equals what it is the rounding of. */
    Finding expressions(Expression a, Expression b) {
        Optional<String> wordsA = Words.of(a);
        if (contract.shape() == Shape.CHOICE || contract.shape() == Shape.TEXT) {
            Optional<String> wordsB = Words.of(b);
            if (wordsA.isPresent() && wordsB.isPresent()) {
                return Words.compare(wordsA.get(), wordsB.get());
            }
        }
        Finding finding = expressions.compare(a, b);
        if (finding.isYes()) {
            return finding;
        }
        boolean decimalA = a instanceof Expression.Literal(Rational value, int decimals) && decimals > 0;
        boolean decimalB = b instanceof Expression.Literal(Rational value, int decimals) && decimals > 0;
        if (decimalA == decimalB) {
            return finding.isNo() && (mayHaveUnit(a, b) || mayHaveUnit(b, a))
                    ? Finding.unknown("unit", "a letter that may be a unit")
                    : finding;
        }
        return decimalA ? rounded((Expression.Literal) a, b, finding) : rounded((Expression.Literal) b, a, finding);
    }

    /** 5 m against 5: the letter may be a metre or a variable. */
    private boolean mayHaveUnit(Expression a, Expression b) {
        return a instanceof Expression.Product(List<Expression> factors)
                && factors.size() == 2
                && factors.get(1) instanceof Expression.Name(String name)
                && UNIT_LETTERS.contains(name)
                && ExpressionComparison.isConstant(b)
                && expressions.compare(factors.getFirst(), b).isYes();
    }

    private Finding rounded(Expression.Literal decimal, Expression exact, Finding difference) {
        if (!ExpressionComparison.isConstant(exact) || isWhole(exact)) {
            return difference;
        }
        // The value lies within half a unit of the last digit.
        Rational half = Rational.of(
                BigInteger.ONE, BigInteger.TEN.pow(decimal.decimals()).shiftLeft(1));
        Rational low = decimal.value().minus(half, budget);
        Rational high = decimal.value().plus(half, budget);
        var above = expressions.order(exact, new Expression.Literal(low, -1));
        var below = expressions.order(exact, new Expression.Literal(high, -1));
        if (above.isEmpty() || below.isEmpty()) {
            return Finding.unknown("rounding", "a value that cannot be placed beside the decimal");
        }
        if (above.getAsInt() < 0 || below.getAsInt() > 0) {
            return difference;
        }
        BigInteger scaled = decimal.value()
                .times(Rational.of(BigInteger.TEN.pow(decimal.decimals())), budget)
                .numerator()
                .abs();
        int significant = scaled.signum() == 0 ? 0 : scaled.toString().length();
        return decimal.decimals() >= contract.decimals() && significant >= contract.decimals()
                ? Finding.yes("rounding", "rounded to " + decimal.decimals() + " decimals")
                : Finding.unknown("rounding", "rounded to fewer than " + contract.decimals() + " digits");
    }

    private boolean isWhole(Expression expression) {
        return ExactValue.of(expression, Map.of(), budget)
                .filter(Rational::isInteger)
                .isPresent();
    }
}
