package dev.goldline.judges.equality;

import dev.goldline.judges.arithmetic.Rational;
import dev.goldline.judges.notation.Expression;
import dev.goldline.judges.notation.Expression.Call;
import dev.goldline.judges.notation.Expression.Function;
import dev.goldline.judges.notation.Expression.Literal;
import dev.goldline.judges.notation.Expression.Power;
import dev.goldline.judges.notation.Expression.Product;
import dev.goldline.judges.notation.Expression.Quotient;
import dev.goldline.judges.notation.Expression.Sum;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How far from zero a number made of integers by the four operations and roots must be, if it is not zero.
 *
 * <p>Every expression E gets two bounds u and l, and D is the product of the indices of its different roots; then E is
 * zero or |E| is at least 1 / (l u^(D-1)). Source: Burnikel, Funke, Mehlhorn, Schirra, Schmitt, "A separation bound for
 * real algebraic expressions", ESA 2001. Kept here as logarithms to base 2, rounded up by a margin.
 */
final class SeparationBound {
    /** For the rounding of the logarithms. */
    private static final double MARGIN = 1.01;

    /** Logarithms of the two bounds. */
    private record Bounds(double u, double l) {}

    /** A part that is not algebraic, or not written with roots of real numbers. */
    private static final class NotAlgebraic extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotAlgebraic() {
            super(null, null, false, false);
        }
    }

    private final Set<Expression> roots = new HashSet<>();
    private double degree = 1;

    private SeparationBound() {}

    /** Bits b such that the difference of two expressions is zero or at least 2^-b; empty if they are not algebraic. */
    static OptionalDouble bits(Expression left, Expression right) {
        SeparationBound bound = new SeparationBound();
        try {
            Bounds both = bound.sum(bound.of(left), bound.of(right));
            return OptionalDouble.of((both.l + (bound.degree - 1) * both.u) * MARGIN + 8);
        } catch (NotAlgebraic e) {
            return OptionalDouble.empty();
        }
    }

    private Bounds of(Expression expression) {
        return switch (expression) {
            case Literal(Rational value, int decimals) ->
                new Bounds(
                        value.numerator().abs().bitLength(), value.denominator().bitLength());
            case Sum(List<Expression> terms) -> {
                Bounds sum = of(terms.getFirst());
                for (Expression term : terms.subList(1, terms.size())) {
                    sum = sum(sum, of(term));
                }
                yield sum;
            }
            case Product(List<Expression> factors) -> {
                Bounds product = of(factors.getFirst());
                for (Expression factor : factors.subList(1, factors.size())) {
                    Bounds next = of(factor);
                    product = new Bounds(product.u + next.u, product.l + next.l);
                }
                yield product;
            }
            case Quotient(Expression top, Expression bottom) -> over(of(top), of(bottom));
            case Power(Expression base, Literal(Rational value, int decimals)) -> power(expression, of(base), value);
            case Power(Expression base, Quotient(Literal(Rational top, int a), Literal(Rational bottom, int b)))
            when bottom.signum() != 0 -> power(expression, of(base), Rational.of(top.numerator(), bottom.numerator()));
            case Call(Function function, List<Expression> parts)
            when function == Function.SQRT -> root(expression, of(parts.getFirst()), 2);
            case Call(Function function, List<Expression> parts)
            when function == Function.ROOT
                    && parts.getFirst() instanceof Literal(Rational index, int decimals)
                    && isIndex(index) ->
                root(expression, of(parts.get(1)), index.numerator().intValue());
            default -> throw new NotAlgebraic();
        };
    }

    private static boolean isIndex(Rational value) {
        return value.isInteger() && value.signum() > 0 && value.numerator().bitLength() <= 6;
    }

    private Bounds sum(Bounds left, Bounds right) {
        return new Bounds(Math.max(left.u + right.l, left.l + right.u) + 1, left.l + right.l);
    }

    private static Bounds over(Bounds top, Bounds bottom) {
        return new Bounds(top.u + bottom.l, top.l + bottom.u);
    }

    private Bounds power(Expression whole, Bounds base, Rational exponent) {
        Rational size = exponent.signum() < 0 ? exponent.negate() : exponent;
        if (size.numerator().bitLength() > 10 || !isIndex(Rational.of(size.denominator()))) {
            throw new NotAlgebraic();
        }
        int n = size.numerator().intValue();
        Bounds power = new Bounds(base.u * n, base.l * n);
        if (!size.isInteger()) {
            power = root(whole, power, size.denominator().intValue());
        }
        return exponent.signum() < 0 ? new Bounds(power.l, power.u) : power;
    }

    private Bounds root(Expression whole, Bounds radicand, int index) {
        if (roots.add(whole)) {
            degree *= index;
        }
        return radicand.u >= radicand.l
                ? new Bounds((radicand.u + (index - 1) * radicand.l) / index, radicand.l)
                : new Bounds(radicand.u, ((index - 1) * radicand.u + radicand.l) / index);
    }
}
