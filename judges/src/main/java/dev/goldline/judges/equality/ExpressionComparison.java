package dev.goldline.judges.equality;

import dev.goldline.judges.arithmetic.Budget;
import dev.goldline.judges.arithmetic.BudgetExceededException;
import dev.goldline.judges.arithmetic.ComplexBall;
import dev.goldline.judges.arithmetic.IndeterminateException;
import dev.goldline.judges.arithmetic.Precision;
import dev.goldline.judges.arithmetic.Rational;
import dev.goldline.judges.notation.Excerpt;
import dev.goldline.judges.notation.Expression;
import dev.goldline.judges.notation.Expression.Application;
import dev.goldline.judges.notation.Expression.Constant;
import dev.goldline.judges.notation.Expression.Iterated;
import dev.goldline.judges.notation.Expression.Literal;
import dev.goldline.judges.notation.Expression.Name;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** The ladder for two formulas. */
final class ExpressionComparison {
    private static final int FIRST_DIGITS = 50;
    private static final int SECOND_DIGITS = 150;
    private static final double DIGITS_A_BIT = 0.30103;

    /** Proofs by a separation bound stop at so many digits. */
    private static final int MOST_PROOF_DIGITS = 1_000;

    private static final long EXACT_SHARE = 60_000;
    private static final long POLYNOMIAL_SHARE = 60_000;
    private static final int SHOWN = 60;

    private final Budget budget;

    ExpressionComparison(Budget budget) {
        this.budget = budget;
    }

    Finding compare(Expression left, Expression right) {
        try {
            return steps(left, right);
        } catch (IndeterminateException e) {
            return Finding.unknown("undefined", String.valueOf(e.getMessage()));
        } catch (BudgetExceededException e) {
            return left.equals(right)
                    ? Finding.yes("identical", "")
                    : Finding.unknown("budget", "more " + e.allowance() + " than are allowed");
        }
    }

    private Finding steps(Expression left, Expression right) {
        if (Expressions.has(left, Constant.class) && isInfinite(left, right)) {
            return Finding.unknown("undefined", "infinity in a formula");
        }
        boolean constants = isConstant(left) && isConstant(right);
        if (constants) {
            Budget share = budget.share(EXACT_SHARE);
            Optional<Rational> a = exact(left, share);
            Optional<Rational> b = exact(right, share);
            budget.settle(share);
            if (a.isPresent() && b.isPresent()) {
                return a.get().equals(b.get())
                        ? Finding.yes("exact", "both are " + shown(a.get()))
                        : Finding.no("exact", inOrder(shown(a.get()), shown(b.get()), " is not "));
            }
        }
        if (left.equals(right)) {
            return Finding.yes("identical", "");
        }
        Optional<Finding> polynomial = polynomials(left, right);
        if (polynomial.isPresent()) {
            return polynomial.get();
        }
        return constants ? constants(left, right) : new Points(left, right, budget).compare();
    }

    private static boolean isInfinite(Expression left, Expression right) {
        boolean[] found = new boolean[1];
        Expressions.visit(left, part -> found[0] |= part == Constant.INFINITY);
        Expressions.visit(right, part -> found[0] |= part == Constant.INFINITY);
        return found[0];
    }

    /** The order of two real constants: -1, 0 or 1; empty if it is not known. */
    OptionalInt order(Expression left, Expression right) {
        Finding same = compare(left, right);
        if (same.isYes()) {
            return OptionalInt.of(0);
        }
        if (!same.isNo()) {
            return OptionalInt.empty();
        }
        try {
            Precision first = Precision.of(FIRST_DIGITS);
            BallValue values = new BallValue(Map.of(), Map.of(), first, budget);
            int sign = values.of(left).minus(values.of(right), first, budget).sign();
            return sign == 0 ? OptionalInt.empty() : OptionalInt.of(sign);
        } catch (IndeterminateException | BudgetExceededException e) {
            return OptionalInt.empty();
        }
    }

    static boolean isConstant(Expression expression) {
        return switch (expression) {
            case Name ignored -> false;
            case Application ignored -> false;
            case Iterated(boolean product, String index, Expression from, Expression to, Expression body) ->
                isConstant(from) && isConstant(to) && isConstant(Expressions.rename(body, name -> name), index);
            default -> Expressions.parts(expression).stream().allMatch(ExpressionComparison::isConstant);
        };
    }

    private static boolean isConstant(Expression body, String index) {
        return switch (body) {
            case Name(String name) -> name.equals(index);
            case Application ignored -> false;
            default -> Expressions.parts(body).stream().allMatch(part -> isConstant(part, index));
        };
    }

    private static Optional<Rational> exact(Expression expression, Budget share) {
        try {
            return ExactValue.of(expression, Map.of(), share);
        } catch (BudgetExceededException e) {
            // Balls may still tell huge numbers apart.
            return Optional.empty();
        }
    }

    private static String shown(Rational value) {
        return Excerpt.of(
                value.numerator().bitLength() > 4_000
                        ? "a number of " + value.numerator().bitLength() + " bits"
                        : value.denominator().bitLength() > 4_000
                                ? "a fraction over " + value.denominator().bitLength() + " bits"
                                : value.toString(),
                SHOWN);
    }

    /** The same text whichever side comes first. */
    private static String inOrder(String a, String b, String between) {
        return a.compareTo(b) <= 0 ? a + between + b : b + between + a;
    }

    private Optional<Finding> polynomials(Expression left, Expression right) {
        Budget share = budget.share(POLYNOMIAL_SHARE);
        Canonical canonical = new Canonical(share);
        try {
            Canonical.Fraction difference = canonical.minus(canonical.of(left), canonical.of(right));
            if (difference.top().isZero()) {
                return Optional.of(Finding.yes("polynomial", "equal as quotients of polynomials"));
            }
            if (difference.top().isConstant() && difference.isPolynomial()) {
                return Optional.of(Finding.no(
                        "polynomial",
                        "they differ by "
                                + shown(absolute(difference
                                        .top()
                                        .constant()
                                        .over(difference.bottom().constant(), budget)))));
            }
            if (canonical.isFree(difference.top()) && canonical.isFree(difference.bottom())) {
                Finding witness = new Points(left, right, budget).compare();
                return Optional.of(witness.isNo() ? witness : Finding.no("polynomial", "different as polynomials"));
            }
        } catch (BudgetExceededException e) {
            // Too large to multiply out: points can still tell.
        } finally {
            budget.settle(share);
        }
        return Optional.empty();
    }

    private static Rational absolute(Rational value) {
        return value.signum() < 0 ? value.negate() : value;
    }

    private Finding constants(Expression left, Expression right) {
        Optional<Finding> apart = apart(left, right, Precision.of(FIRST_DIGITS));
        if (apart.isPresent()) {
            return apart.get();
        }
        int digits = SECOND_DIGITS + literalDigits(left) + literalDigits(right);
        Precision second = Precision.of(digits);
        BallValue values = new BallValue(Map.of(), Map.of(), second, budget);
        ComplexBall a = values.of(left);
        ComplexBall b = values.of(right);
        ComplexBall difference = values.plus(a, b.negate());
        if (!difference.mayBeZero()) {
            return different(a, b);
        }
        OptionalDouble bits = SeparationBound.bits(left, right);
        if (bits.isPresent() && bits.getAsDouble() * DIGITS_A_BIT < MOST_PROOF_DIGITS) {
            return proof(left, right, (int) Math.ceil(bits.getAsDouble() * DIGITS_A_BIT));
        }
        int scale = Math.max(a.magnitude(), b.magnitude());
        int reach = scale == Integer.MIN_VALUE ? 0 : scale;
        if (values.hidesSmallTerms() || !difference.isBelowTenTo(reach - digits / 2)) {
            return Finding.unknown(
                    "numeric", "equal to " + second.digits() + " digits, but with parts too small to be seen");
        }
        return Finding.yes(
                "numeric", "equal to " + second.digits() + " digits with error bounds, about " + a.approximately());
    }

    /** Zero, if the difference is below its separation bound. */
    private Finding proof(Expression left, Expression right, int bound) {
        for (int digits = Math.max(FIRST_DIGITS, bound + 20); digits <= MOST_PROOF_DIGITS + 100; digits *= 2) {
            Precision precision = Precision.of(digits);
            BallValue values = new BallValue(Map.of(), Map.of(), precision, budget);
            ComplexBall a = values.of(left);
            ComplexBall difference = values.plus(a, values.of(right).negate());
            if (!difference.mayBeZero()) {
                return different(a, values.of(right));
            }
            if (difference.isBelowTenTo(-bound - 1)) {
                return Finding.yes("algebraic", "the difference is below the separation bound 10^-" + bound);
            }
        }
        return Finding.unknown("algebraic", "the precision does not reach the separation bound 10^-" + bound);
    }

    private Optional<Finding> apart(Expression left, Expression right, Precision precision) {
        BallValue values = new BallValue(Map.of(), Map.of(), precision, budget);
        ComplexBall a = values.of(left);
        ComplexBall b = values.of(right);
        return a.minus(b, precision, budget).mayBeZero() ? Optional.empty() : Optional.of(different(a, b));
    }

    private static Finding different(ComplexBall a, ComplexBall b) {
        return Finding.no("numeric", inOrder(a.approximately(), b.approximately(), " is not "));
    }

    private static int literalDigits(Expression expression) {
        int[] digits = new int[1];
        Expressions.visit(expression, part -> {
            if (part instanceof Literal(Rational value, int decimals)) {
                int bits = value.numerator().bitLength() + value.denominator().bitLength();
                digits[0] += bits > 24 ? (int) (bits * DIGITS_A_BIT) : 0;
            }
        });
        return Math.min(digits[0], Precision.MOST_DIGITS);
    }
}
