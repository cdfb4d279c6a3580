package dev.goldline.judges.equality;

import dev.goldline.judges.arithmetic.Budget;
import dev.goldline.judges.arithmetic.BudgetExceededException;
import dev.goldline.judges.arithmetic.ComplexBall;
import dev.goldline.judges.arithmetic.IndeterminateException;
import dev.goldline.judges.arithmetic.Precision;
import dev.goldline.judges.arithmetic.Rational;
import dev.goldline.judges.notation.Expression;
import dev.goldline.judges.notation.Expression.Application;
import dev.goldline.judges.notation.Expression.Call;
import dev.goldline.judges.notation.Expression.Constant;
import dev.goldline.judges.notation.Expression.Function;
import dev.goldline.judges.notation.Expression.Iterated;
import dev.goldline.judges.notation.Expression.Literal;
import dev.goldline.judges.notation.Expression.Name;
import dev.goldline.judges.notation.Expression.PlusMinus;
import dev.goldline.judges.notation.Expression.Power;
import dev.goldline.judges.notation.Expression.Product;
import dev.goldline.judges.notation.Expression.Quotient;
import dev.goldline.judges.notation.Expression.Sum;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The value of an expression as a ball, at a point and a precision.
 *
 * <p>A ball tells two numbers apart for certain; that two balls overlap only says the numbers are close. What could make
 * different numbers that close is noticed: a term too small beside the other terms to be seen, or a function near a place
 * where it hardly changes. Then {@link #hidesSmallTerms} says so.
 */
final class BallValue {
    /** Digits of the precision that a term must reach into to be seen. */
    private static final int SEEN_DIGITS = 20;

    private static final int MOST_TERMS = 300;

    private final Map<String, ComplexBall> balls;
    private final Map<String, Rational> rationals;
    private final Precision precision;
    private final Budget budget;
    private boolean hidesSmallTerms;

    BallValue(Map<String, ComplexBall> balls, Map<String, Rational> rationals, Precision precision, Budget budget) {
        this.balls = balls;
        this.rationals = rationals;
        this.precision = precision;
        this.budget = budget;
    }

    /** Whether any value so far had a part too small to be seen at this precision. */
    boolean hidesSmallTerms() {
        return hidesSmallTerms;
    }

    /** @throws IndeterminateException if the value does not exist, is infinite, or lies on a cut */
    ComplexBall of(Expression expression) {
        budget.spend(2);
        return switch (expression) {
            case Literal(Rational value, int decimals) -> ComplexBall.of(value, precision);
            case Name(String name) -> symbol(name);
            case Constant constant -> constant(constant);
            case Sum(List<Expression> terms) -> {
                ComplexBall sum = of(terms.getFirst());
                for (Expression term : terms.subList(1, terms.size())) {
                    sum = plus(sum, of(term));
                }
                yield sum;
            }
            case Product(List<Expression> factors) -> {
                ComplexBall product = of(factors.getFirst());
                for (Expression factor : factors.subList(1, factors.size())) {
                    product = product.times(of(factor), precision, budget);
                }
                yield product;
            }
            case Quotient(Expression top, Expression bottom) -> of(top).over(of(bottom), precision, budget);
            case Power(Expression base, Expression exponent) -> power(base, exponent);
            case Call(Function function, List<Expression> arguments) -> call(function, arguments);
            case Application application -> throw new IndeterminateException("no value for " + application.name());
            case Iterated iterated -> iterated(iterated);
            case PlusMinus ignored -> throw new IndeterminateException("a value with two signs");
        };
    }

    ComplexBall plus(ComplexBall left, ComplexBall right) {
        if (!left.isZero() && !right.isZero()) {
            long gap = Math.abs((long) left.magnitude() - right.magnitude());
            hidesSmallTerms |= gap > precision.digits() - SEEN_DIGITS;
        }
        return left.plus(right, precision, budget);
    }

    private ComplexBall symbol(String name) {
        ComplexBall value = balls.get(name);
        if (value == null) {
            throw new IndeterminateException("no value for " + name);
        }
        return value;
    }

    private ComplexBall constant(Constant constant) {
        return switch (constant) {
            case PI -> ComplexBall.pi(precision);
            case E -> ComplexBall.ONE.exp(precision, budget);
            case I -> ComplexBall.I;
            case INFINITY -> throw new IndeterminateException("infinity");
        };
    }

    private Optional<Rational> exact(Expression expression) {
        return ExactValue.of(expression, rationals, budget);
    }

    private ComplexBall power(Expression base, Expression exponent) {
        Optional<Rational> exact = exact(exponent);
        if (base == Constant.E) {
            return exp(exact.isPresent() ? ComplexBall.of(exact.get(), precision) : of(exponent));
        }
        ComplexBall value = of(base);
        if (exact.isEmpty()) {
            return power(value, of(exponent));
        }
        Rational e = exact.get();
        if (e.isInteger()) {
            return integerPower(value, e.numerator());
        }
        if (value.isZero()) {
            if (e.signum() > 0) {
                return value;
            }
            throw new IndeterminateException("zero to a power below 0");
        }
        if (value.sign() < 0) {
            throw new IndeterminateException("a negative number to the power " + e);
        }
        if (e.denominator().equals(BigInteger.TWO)) {
            return integerPower(value.sqrt(precision, budget), e.numerator());
        }
        return power(value, ComplexBall.of(e, precision));
    }

    private ComplexBall integerPower(ComplexBall base, BigInteger exponent) {
        if (exponent.signum() == 0) {
            if (base.mayBeZero()) {
                throw new IndeterminateException("zero to the power zero");
            }
            return ComplexBall.ONE;
        }
        if (exponent.bitLength() <= 12) {
            ComplexBall power = base.power(exponent.abs().intValue(), precision, budget);
            return exponent.signum() > 0 ? power : ComplexBall.ONE.over(power, precision, budget);
        }
        if (exponent.bitLength() > 40) {
            throw new BudgetExceededException("magnitude");
        }
        if (base.isReal() && base.sign() < 0) {
            ComplexBall power = power(base.negate(), ComplexBall.of(Rational.of(exponent), precision));
            return exponent.testBit(0) ? power.negate() : power;
        }
        return power(base, ComplexBall.of(Rational.of(exponent), precision));
    }

    private ComplexBall power(ComplexBall base, ComplexBall exponent) {
        if (base.isZero()) {
            throw new IndeterminateException("a power of zero");
        }
        return exp(exponent.times(base.log(precision, budget), precision, budget));
    }

    private ComplexBall exp(ComplexBall exponent) {
        near(exponent, false);
        return exponent.exp(precision, budget);
    }

    /** Notices an argument where a function hardly changes. */
    private void near(ComplexBall argument, boolean flatFarOut) {
        if (!argument.isZero()) {
            int magnitude = argument.magnitude();
            hidesSmallTerms |= magnitude < -SEEN_DIGITS || flatFarOut && magnitude > SEEN_DIGITS;
        }
    }

    private ComplexBall iterated(Iterated iterated) {
        Optional<Rational> from = exact(iterated.from());
        Optional<Rational> to = exact(iterated.to());
        if (from.isEmpty()
                || to.isEmpty()
                || !from.get().isInteger()
                || !to.get().isInteger()) {
            throw new IndeterminateException("a sum without whole limits");
        }
        BigInteger count = to.get().numerator().subtract(from.get().numerator());
        if (count.bitLength() > 20 || count.intValue() > MOST_TERMS) {
            throw new BudgetExceededException("terms of a sum");
        }
        Map<String, ComplexBall> innerBalls = new HashMap<>(balls);
        Map<String, Rational> innerRationals = new HashMap<>(rationals);
        ComplexBall result = ComplexBall.of(iterated.product() ? Rational.ONE : Rational.ZERO, precision);
        for (int i = 0; i <= count.intValue(); i++) {
            Rational index = from.get().plus(Rational.of(i), budget);
            innerRationals.put(iterated.index(), index);
            innerBalls.put(iterated.index(), ComplexBall.of(index, precision));
            BallValue inner = new BallValue(innerBalls, innerRationals, precision, budget);
            ComplexBall term = inner.of(iterated.body());
            hidesSmallTerms |= inner.hidesSmallTerms;
            result = iterated.product() ? result.times(term, precision, budget) : plus(result, term);
        }
        return result;
    }

    private ComplexBall call(Function function, List<Expression> parts) {
        return switch (function) {
            case FACTORIAL, DOUBLE_FACTORIAL, BINOMIAL, GCD, LCM, MOD -> {
                Optional<Rational> value = exact(Call.of(function, parts.toArray(Expression[]::new)));
                yield ComplexBall.of(
                        value.orElseThrow(
                                () -> new IndeterminateException(function + " of what is not a whole number")),
                        precision);
            }
            case ROOT -> root(parts.get(0), of(parts.get(1)));
            case LOG -> {
                ComplexBall base = of(parts.get(0));
                if (base.sign() <= 0) {
                    throw new IndeterminateException("a logarithm to a base that is not positive");
                }
                yield log(of(parts.get(1))).over(log(base), precision, budget);
            }
            case MIN, MAX -> extreme(function, parts);
            default -> of(function, of(parts.getFirst()));
        };
    }

    private ComplexBall log(ComplexBall argument) {
        near(argument, true);
        return argument.log(precision, budget);
    }

    private ComplexBall of(Function function, ComplexBall x) {
        Precision p = precision;
        near(x, function == Function.ARCTAN);
        return switch (function) {
            case SQRT -> x.sqrt(p, budget);
            case ABS -> x.abs(p, budget);
            case EXP -> x.exp(p, budget);
            case LN -> log(x);
            case SIN -> x.sin(p, budget);
            case COS -> x.cos(p, budget);
            case TAN -> x.sin(p, budget).over(x.cos(p, budget), p, budget);
            case COT -> x.cos(p, budget).over(x.sin(p, budget), p, budget);
            case SEC -> ComplexBall.ONE.over(x.cos(p, budget), p, budget);
            case CSC -> ComplexBall.ONE.over(x.sin(p, budget), p, budget);
            case ARCSIN -> x.asin(p, budget);
            case ARCCOS -> plus(half(ComplexBall.pi(p)), x.asin(p, budget).negate());
            case ARCTAN -> x.atan(p, budget);
            case SINH -> half(plus(x.exp(p, budget), x.negate().exp(p, budget).negate()));
            case COSH -> half(plus(x.exp(p, budget), x.negate().exp(p, budget)));
            case TANH -> of(Function.SINH, x).over(of(Function.COSH, x), p, budget);
            case FLOOR -> ComplexBall.of(Rational.of(x.floor()), p);
            case CEILING -> ComplexBall.of(Rational.of(x.negate().floor().negate()), p);
            case REAL_PART, CONJUGATE -> {
                if (!x.isReal()) {
                    throw new IndeterminateException(function + " of what may not be real");
                }
                yield x;
            }
            case IMAGINARY_PART -> {
                if (!x.isReal()) {
                    throw new IndeterminateException("imaginary part");
                }
                yield ComplexBall.of(Rational.ZERO, p);
            }
            case ROOT, LOG, FACTORIAL, DOUBLE_FACTORIAL, BINOMIAL, GCD, LCM, MOD, MIN, MAX ->
                throw new IllegalArgumentException(function + " has two arguments or whole ones");
        };
    }

    private ComplexBall half(ComplexBall value) {
        return value.over(ComplexBall.of(Rational.of(2), precision), precision, budget);
    }

    private ComplexBall root(Expression index, ComplexBall radicand) {
        Rational n = exact(index)
                .filter(Rational::isInteger)
                .filter(each -> each.signum() > 0)
                .orElseThrow(() -> new IndeterminateException("a root whose index is not a whole number"));
        if (radicand.isZero()) {
            return radicand;
        }
        ComplexBall inverse = ComplexBall.of(Rational.ONE.over(n, budget), precision);
        if (radicand.sign() < 0 && n.numerator().testBit(0)) {
            return power(radicand.negate(), inverse).negate();
        }
        if (radicand.sign() < 0) {
            throw new IndeterminateException("an even root of a negative number");
        }
        return power(radicand, inverse);
    }

    private ComplexBall extreme(Function function, List<Expression> parts) {
        ComplexBall result = of(parts.getFirst());
        for (Expression part : parts.subList(1, parts.size())) {
            ComplexBall next = of(part);
            int order = next.minus(result, precision, budget).sign();
            if (order == 0) {
                throw new IndeterminateException("the order of two numbers");
            }
            if (function == Function.MIN ? order < 0 : order > 0) {
                result = next;
            }
        }
        return result;
    }
}
