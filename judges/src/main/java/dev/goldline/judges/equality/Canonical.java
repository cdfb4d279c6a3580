package dev.goldline.judges.equality;

import dev.goldline.judges.arithmetic.Budget;
import dev.goldline.judges.arithmetic.IndeterminateException;
import dev.goldline.judges.arithmetic.Polynomial;
import dev.goldline.judges.arithmetic.Rational;
import dev.goldline.judges.notation.Expression;
import dev.goldline.judges.notation.Expression.Application;
import dev.goldline.judges.notation.Expression.Call;
import dev.goldline.judges.notation.Expression.Constant;
import dev.goldline.judges.notation.Expression.Iterated;
import dev.goldline.judges.notation.Expression.Literal;
import dev.goldline.judges.notation.Expression.Name;
import dev.goldline.judges.notation.Expression.PlusMinus;
import dev.goldline.judges.notation.Expression.Power;
import dev.goldline.judges.notation.Expression.Product;
import dev.goldline.judges.notation.Expression.Quotient;
import dev.goldline.judges.notation.Expression.Sum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Expressions as quotients of polynomials. Whatever is no polynomial (a root, a function, a power with a letter in it)
 * becomes a generator of its own, known by its canonical text; so equal quotients mean equal values, but different
 * quotients mean different values only where every generator is a free variable.
 */
final class Canonical {
    /** A quotient of polynomials; the lower is not zero. */
    record Fraction(Polynomial top, Polynomial bottom) {
        boolean isPolynomial() {
            return bottom.isConstant();
        }
    }

    private static final int MOST_POWER = 60;

    private final Map<String, Integer> generators = new LinkedHashMap<>();
    private final List<Boolean> free = new ArrayList<>();
    private final Budget budget;

    Canonical(Budget budget) {
        this.budget = budget;
        generators.put("i", Polynomial.I);
        free.add(true);
    }

    /**
     * A text that is the same for expressions that are equal as quotients of polynomials. Expressions that are written
     * alike always have the same text.
     */
    private static String key(Expression expression, Budget budget) {
        Canonical canonical = new Canonical(budget);
        Fraction fraction = canonical.of(expression);
        List<String> names = canonical.names();
        String top = fraction.top.toString(names::get);
        return fraction.bottom.equals(one()) ? top : top + "/" + fraction.bottom.toString(names::get);
    }

    /** The number of a name's generator; -1 if it has not been met. */
    int generator(String name) {
        return generators.getOrDefault(name, -1);
    }

    /** The names of the generators, by number. */
    List<String> names() {
        return List.copyOf(generators.keySet());
    }

    /** Whether a polynomial has no generators but free variables and the imaginary unit. */
    boolean isFree(Polynomial polynomial) {
        for (int i = 0; i < free.size(); i++) {
            if (!free.get(i) && polynomial.has(i)) {
                return false;
            }
        }
        return true;
    }

    /** The free variables a polynomial has. */
    List<String> variables(Polynomial polynomial) {
        List<String> variables = new ArrayList<>();
        List<String> names = names();
        for (int i = 1; i < names.size(); i++) {
            if (polynomial.has(i)) {
                variables.add(names.get(i));
            }
        }
        return variables;
    }

    Budget budget() {
        return budget;
    }

    /** @throws IndeterminateException if something is divided by zero */
    Fraction of(Expression expression) {
        budget.spend(5);
        return switch (expression) {
            case Literal(Rational value, int decimals) -> constant(value);
            case Name(String name) -> generator(name, true);
            case Constant constant ->
                constant == Constant.I
                        ? new Fraction(Polynomial.generator(Polynomial.I), one())
                        : generator(constant.name(), false);
            case Sum(List<Expression> terms) -> {
                Fraction sum = of(terms.getFirst());
                for (Expression term : terms.subList(1, terms.size())) {
                    sum = plus(sum, of(term));
                }
                yield sum;
            }
            case Product(List<Expression> factors) -> {
                Fraction product = of(factors.getFirst());
                for (Expression factor : factors.subList(1, factors.size())) {
                    product = times(product, of(factor));
                }
                yield product;
            }
            case Quotient(Expression top, Expression bottom) -> over(of(top), of(bottom));
            case Power(Expression base, Expression exponent) -> power(base, exponent);
            case Call(Expression.Function function, List<Expression> arguments) -> {
                Optional<Rational> value = ExactValue.of(expression, Map.of(), budget);
                yield value.isPresent() ? constant(value.get()) : generator(function + keys(arguments), false);
            }
            case Application(String name, List<Expression> arguments) ->
                generator(key((Application) expression, budget), false);
            case Iterated(boolean product, String index, Expression from, Expression to, Expression body) -> {
                Expression renamed = Expressions.rename(body, name -> name.equals(index) ? "#" : name);
                yield generator((product ? "PROD" : "SUM") + keys(List.of(from, to, renamed)), false);
            }
            case PlusMinus(boolean plusFirst, Expression term) ->
                generator("PM" + plusFirst + key(term, budget), false);
        };
    }

    /** What an unknown function is known by, as a generator and at sampled points. */
    static String key(Application application, Budget budget) {
        return application.name() + keys(application.arguments(), budget);
    }

    private String keys(List<Expression> arguments) {
        return keys(arguments, budget);
    }

    private static String keys(List<Expression> arguments, Budget budget) {
        StringBuilder keys = new StringBuilder("(");
        for (Expression argument : arguments) {
            keys.append(key(argument, budget)).append(';');
        }
        return keys.append(')').toString();
    }

    Fraction minus(Fraction left, Fraction right) {
        return plus(left, new Fraction(right.top.negate(), right.bottom));
    }

    private Fraction plus(Fraction left, Fraction right) {
        if (left.bottom.equals(right.bottom)) {
            return new Fraction(left.top.plus(right.top, budget), left.bottom);
        }
        return new Fraction(
                left.top.times(right.bottom, budget).plus(right.top.times(left.bottom, budget), budget),
                left.bottom.times(right.bottom, budget));
    }

    private Fraction times(Fraction left, Fraction right) {
        return new Fraction(left.top.times(right.top, budget), left.bottom.times(right.bottom, budget));
    }

    private Fraction over(Fraction left, Fraction right) {
        if (right.top.isZero()) {
            throw new IndeterminateException("division by zero");
        }
        if (right.isPolynomial() && right.top.isConstant()) {
            Rational divisor = right.top.constant().over(right.bottom.constant(), budget);
            return new Fraction(left.top.times(Polynomial.of(Rational.ONE.over(divisor, budget)), budget), left.bottom);
        }
        return new Fraction(left.top.times(right.bottom, budget), left.bottom.times(right.top, budget));
    }

    private Fraction power(Expression base, Expression exponent) {
        Optional<Rational> exact = ExactValue.of(exponent, Map.of(), budget);
        if (exact.isPresent() && exact.get().isInteger()) {
            Fraction fraction = of(base);
            if (fraction.top.isConstant() && fraction.bottom.isConstant()) {
                Rational value = fraction.top.constant().over(fraction.bottom.constant(), budget);
                return constant(value.power(exact.get().numerator(), budget));
            }
            if (exact.get().numerator().abs().bitLength() <= 6
                    && exact.get().numerator().abs().intValue() <= MOST_POWER) {
                int n = exact.get().numerator().intValue();
                Fraction power = new Fraction(
                        fraction.top.power(Math.abs(n), budget), fraction.bottom.power(Math.abs(n), budget));
                return n >= 0 ? power : over(new Fraction(one(), one()), power);
            }
        }
        Optional<Rational> whole = ExactValue.of(new Power(base, exponent), Map.of(), budget);
        return whole.isPresent() ? constant(whole.get()) : generator("POW" + keys(List.of(base, exponent)), false);
    }

    private Fraction generator(String name, boolean isFree) {
        Integer known = generators.get(name);
        if (known == null) {
            known = generators.size();
            generators.put(name, known);
            free.add(isFree);
        }
        return new Fraction(Polynomial.generator(known), one());
    }

    private static Fraction constant(Rational value) {
        return new Fraction(Polynomial.of(value), one());
    }

    private static Polynomial one() {
        return Polynomial.of(Rational.ONE);
    }
}
