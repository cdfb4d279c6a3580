package dev.goldline.judges.equality;

import dev.goldline.judges.arithmetic.Budget;
import dev.goldline.judges.arithmetic.BudgetExceededException;
import dev.goldline.judges.arithmetic.IndeterminateException;
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

/** The value of an expression as a rational number, where every step has one. Empty says nothing about the value. */
final class ExactValue {
    private static final int MOST_TERMS = 3_000;
    private static final int LARGEST_FACTORIAL = 5_000;

    private final Map<String, Rational> point;
    private final Budget budget;

    private ExactValue(Map<String, Rational> point, Budget budget) {
        this.point = point;
        this.budget = budget;
    }

    /** @throws IndeterminateException if the value does not exist, as that of 1/0 */
    static Optional<Rational> of(Expression expression, Map<String, Rational> point, Budget budget) {
        return new ExactValue(point, budget).value(expression);
    }

    private Optional<Rational> value(Expression expression) {
        budget.spend(1);
        return switch (expression) {
            case Literal(Rational value, int decimals) -> Optional.of(value);
            case Name(String name) -> Optional.ofNullable(point.get(name));
            case Constant ignored -> Optional.empty();
            case Sum(List<Expression> terms) -> fold(terms, Rational.ZERO, Rational::plus);
            case Product(List<Expression> factors) -> fold(factors, Rational.ONE, Rational::times);
            case Quotient(Expression top, Expression bottom) -> quotient(value(top), value(bottom));
            case Power(Expression base, Expression exponent) -> power(value(base), value(exponent));
            case Call(Function function, List<Expression> arguments) -> call(function, arguments);
            case Application ignored -> Optional.empty();
            case Iterated iterated -> iterated(iterated);
            case PlusMinus ignored -> Optional.empty();
        };
    }

    private interface Operation {
        Rational apply(Rational left, Rational right, Budget budget);
    }

    private Optional<Rational> fold(List<Expression> parts, Rational start, Operation operation) {
        Rational result = start;
        for (Expression part : parts) {
            Optional<Rational> value = value(part);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            result = operation.apply(result, value.get(), budget);
        }
        return Optional.of(result);
    }

    private Optional<Rational> quotient(Optional<Rational> top, Optional<Rational> bottom) {
        if (bottom.isPresent() && bottom.get().signum() == 0) {
            throw new IndeterminateException("division by zero");
        }
        return top.isPresent() && bottom.isPresent()
                ? Optional.of(top.get().over(bottom.get(), budget))
                : Optional.empty();
    }

    private Optional<Rational> power(Optional<Rational> base, Optional<Rational> exponent) {
        if (base.isEmpty() || exponent.isEmpty()) {
            return Optional.empty();
        }
        Rational e = exponent.get();
        if (e.isInteger()) {
            return Optional.of(base.get().power(e.numerator(), budget));
        }
        if (base.get().signum() <= 0 || e.denominator().bitLength() > 6) {
            return Optional.empty();
        }
        return root(base.get(), e.denominator().intValue()).map(root -> root.power(e.numerator(), budget));
    }

    /** The exact real root of a number that is not negative, or of any number if the index is odd. */
    private Optional<Rational> root(Rational value, int index) {
        if (value.signum() < 0) {
            return index % 2 == 1 ? root(value.negate(), index).map(Rational::negate) : Optional.empty();
        }
        Optional<BigInteger> top = root(value.numerator(), index);
        Optional<BigInteger> bottom = root(value.denominator(), index);
        return top.isPresent() && bottom.isPresent()
                ? Optional.of(Rational.of(top.get(), bottom.get()))
                : Optional.empty();
    }

    private Optional<BigInteger> root(BigInteger value, int index) {
        budget.spend(20 + (long) value.bitLength() * value.bitLength() / 2_000);
        if (index == 2) {
            BigInteger[] root = value.sqrtAndRemainder();
            return root[1].signum() == 0 ? Optional.of(root[0]) : Optional.empty();
        }
        if (value.bitLength() > 2_000) {
            return Optional.empty();
        }
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.ONE.shiftLeft(value.bitLength() / index + 1);
        while (low.compareTo(high) <= 0) {
            budget.spend(5);
            BigInteger middle = low.add(high).shiftRight(1);
            int order = middle.pow(index).compareTo(value);
            if (order == 0) {
                return Optional.of(middle);
            }
            if (order < 0) {
                low = middle.add(BigInteger.ONE);
            } else {
                high = middle.subtract(BigInteger.ONE);
            }
        }
        return Optional.empty();
    }

    private Optional<Rational> iterated(Iterated iterated) {
        Optional<Rational> from = value(iterated.from());
        Optional<Rational> to = value(iterated.to());
        if (from.isEmpty()
                || to.isEmpty()
                || !from.get().isInteger()
                || !to.get().isInteger()) {
            return Optional.empty();
        }
        BigInteger count = to.get().numerator().subtract(from.get().numerator());
        if (count.bitLength() > 31 || count.intValue() > MOST_TERMS) {
            throw new BudgetExceededException("terms of a sum");
        }
        Map<String, Rational> inner = new HashMap<>(point);
        Rational result = iterated.product() ? Rational.ONE : Rational.ZERO;
        for (int i = 0; i <= count.intValue(); i++) {
            inner.put(iterated.index(), Rational.of(from.get().numerator().add(BigInteger.valueOf(i))));
            Optional<Rational> term = new ExactValue(inner, budget).value(iterated.body());
            if (term.isEmpty()) {
                return Optional.empty();
            }
            result = iterated.product() ? result.times(term.get(), budget) : result.plus(term.get(), budget);
        }
        return Optional.of(result);
    }

    private Optional<Rational> call(Function function, List<Expression> parts) {
        Rational[] arguments = new Rational[parts.size()];
        for (int i = 0; i < arguments.length; i++) {
            Optional<Rational> value = value(parts.get(i));
            if (value.isEmpty()) {
                return Optional.empty();
            }
            arguments[i] = value.get();
        }
        Rational first = arguments[0];
        return switch (function) {
            case SQRT -> root(first, 2);
            case ROOT -> isSmall(first) ? root(arguments[1], first.numerator().intValue()) : Optional.empty();
            case ABS -> Optional.of(first.signum() < 0 ? first.negate() : first);
            case FLOOR -> Optional.of(Rational.of(first.floor()));
            case CEILING -> Optional.of(Rational.of(first.negate().floor().negate()));
            case FACTORIAL -> Optional.of(factorial(first, 1));
            case DOUBLE_FACTORIAL -> Optional.of(factorial(first, 2));
            case BINOMIAL -> binomial(first, arguments[1]);
            case MOD -> modulo(first, arguments[1]);
            case GCD, LCM -> divisors(function, arguments);
            case MIN, MAX -> extreme(function, arguments);
            case REAL_PART, CONJUGATE -> Optional.of(first);
            case IMAGINARY_PART -> Optional.of(Rational.ZERO);
            case EXP -> first.signum() == 0 ? Optional.of(Rational.ONE) : Optional.empty();
            case LN -> first.equals(Rational.ONE) ? Optional.of(Rational.ZERO) : Optional.empty();
            case SIN, TAN, SINH, TANH, ARCSIN, ARCTAN ->
                first.signum() == 0 ? Optional.of(Rational.ZERO) : Optional.empty();
            case COS, COSH, SEC -> first.signum() == 0 ? Optional.of(Rational.ONE) : Optional.empty();
            case LOG, COT, CSC, ARCCOS -> Optional.empty();
        };
    }

    private static boolean isSmall(Rational value) {
        return value.isInteger() && value.signum() > 0 && value.numerator().bitLength() <= 6;
    }

    private Rational factorial(Rational of, int step) {
        if (!of.isInteger() || of.signum() < 0) {
            throw new IndeterminateException("factorial of " + of);
        }
        if (of.numerator().bitLength() > 20 || of.numerator().intValue() > LARGEST_FACTORIAL) {
            throw new BudgetExceededException("bits");
        }
        int n = of.numerator().intValue();
        budget.spend(1 + (long) n * n / 400);
        return Rational.of(budget.checked(product(n % step == 0 ? step : 1, n, step)));
    }

    /** The product of low, low + step, …, high by halves. */
    private static BigInteger product(int low, int high, int step) {
        if (low > high) {
            return BigInteger.ONE;
        }
        if (high - low <= 8 * step) {
            BigInteger product = BigInteger.valueOf(low);
            for (int i = low + step; i <= high; i += step) {
                product = product.multiply(BigInteger.valueOf(i));
            }
            return product;
        }
        int middle = low + (high - low) / step / 2 * step;
        return product(low, middle, step).multiply(product(middle + step, high, step));
    }

    private Optional<Rational> binomial(Rational n, Rational k) {
        if (!n.isInteger() || !k.isInteger() || n.signum() < 0) {
            return Optional.empty();
        }
        if (k.signum() < 0 || k.compareTo(n) > 0) {
            return Optional.of(Rational.ZERO);
        }
        BigInteger small = k.numerator().min(n.numerator().subtract(k.numerator()));
        if (small.bitLength() > 20 || small.intValue() > LARGEST_FACTORIAL) {
            throw new BudgetExceededException("bits");
        }
        BigInteger result = BigInteger.ONE;
        for (int i = 1; i <= small.intValue(); i++) {
            budget.spend(2 + (result.bitLength() >> 6));
            BigInteger factor = n.numerator().subtract(BigInteger.valueOf(i - 1L));
            result = budget.checked(result.multiply(factor).divide(BigInteger.valueOf(i)));
        }
        return Optional.of(Rational.of(result));
    }

    private Optional<Rational> modulo(Rational left, Rational right) {
        if (!left.isInteger() || !right.isInteger()) {
            return Optional.empty();
        }
        if (right.signum() <= 0) {
            throw new IndeterminateException("modulus " + right);
        }
        return Optional.of(Rational.of(left.numerator().mod(right.numerator())));
    }

    private Optional<Rational> divisors(Function function, Rational[] arguments) {
        BigInteger result = arguments[0].numerator().abs();
        for (Rational argument : arguments) {
            if (!argument.isInteger()) {
                return Optional.empty();
            }
            BigInteger next = argument.numerator().abs();
            BigInteger gcd = result.gcd(next);
            budget.spend(1 + (long) result.bitLength() * next.bitLength() / 8_192);
            if (function == Function.GCD) {
                result = gcd;
            } else {
                result = gcd.signum() == 0
                        ? BigInteger.ZERO
                        : budget.checked(result.divide(gcd).multiply(next));
            }
        }
        return Optional.of(Rational.of(result));
    }

    private static Optional<Rational> extreme(Function function, Rational[] arguments) {
        Rational result = arguments[0];
        for (Rational argument : arguments) {
            int order = argument.compareTo(result);
            if (function == Function.MIN ? order < 0 : order > 0) {
                result = argument;
            }
        }
        return Optional.of(result);
    }
}
