package dev.goldline.judges.arithmetic;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * A polynomial over the rationals in numbered generators. Generator {@value #I} is the imaginary unit: its square is -1.
 * Equal polynomials are equal objects.
 */
public final class Polynomial {
    /** The generator that is the imaginary unit. */
    public static final int I = 0;

    private static final int MOST_TERMS = 1_500;
    private static final int MOST_DEGREE = 4_096;

    public static final Polynomial ZERO = new Polynomial(Map.of());

    /** Exponents by generator, without zeros at the end. */
    private record Monomial(int[] exponents) implements Comparable<Monomial> {
        static final Monomial ONE = new Monomial(new int[0]);

        Monomial times(Monomial other) {
            int[] product = Arrays.copyOf(exponents, Math.max(exponents.length, other.exponents.length));
            for (int i = 0; i < other.exponents.length; i++) {
                product[i] += other.exponents[i];
                if (product[i] > MOST_DEGREE) {
                    throw new BudgetExceededException("degree");
                }
            }
            return new Monomial(product);
        }

        /** Without the imaginary unit. */
        Monomial real() {
            int[] rest = exponents.clone();
            rest[I] = 0;
            int length = rest.length;
            while (length > 0 && rest[length - 1] == 0) {
                length--;
            }
            return new Monomial(Arrays.copyOf(rest, length));
        }

        int power(int generator) {
            return generator < exponents.length ? exponents[generator] : 0;
        }

        @Override
        public int compareTo(Monomial other) {
            return Arrays.compare(exponents, other.exponents);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Monomial(int[] others) && Arrays.equals(exponents, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(exponents);
        }
    }

    private final Map<Monomial, Rational> terms;

    private Polynomial(Map<Monomial, Rational> terms) {
        this.terms = terms;
    }

    public static Polynomial of(Rational value) {
        return value.signum() == 0 ? ZERO : new Polynomial(Map.of(Monomial.ONE, value));
    }

    public static Polynomial generator(int generator) {
        int[] exponents = new int[generator + 1];
        exponents[generator] = 1;
        return new Polynomial(Map.of(new Monomial(exponents), Rational.ONE));
    }

    public boolean isZero() {
        return terms.isEmpty();
    }

    public boolean isConstant() {
        return terms.isEmpty() || terms.size() == 1 && terms.containsKey(Monomial.ONE);
    }

    /** The term without generators. */
    public Rational constant() {
        return terms.getOrDefault(Monomial.ONE, Rational.ZERO);
    }

    /** The highest power of a generator. */
    public int degree(int generator) {
        return terms.keySet().stream()
                .mapToInt(monomial -> monomial.power(generator))
                .max()
                .orElse(0);
    }

    /** Whether no term has two generators, or one more than once. */
    public boolean isLinear() {
        return terms.keySet().stream()
                .allMatch(monomial -> Arrays.stream(monomial.exponents()).sum() <= 1);
    }

    /** Whether any term has this generator. */
    public boolean has(int generator) {
        return degree(generator) > 0;
    }

    /** The number of generators, counted up to the last that any term has. */
    public int generators() {
        return terms.keySet().stream()
                .mapToInt(monomial -> monomial.exponents.length)
                .max()
                .orElse(0);
    }

    /** The coefficient of a generator's first power alone. */
    public Rational coefficient(int generator) {
        int[] exponents = new int[generator + 1];
        exponents[generator] = 1;
        return terms.getOrDefault(new Monomial(exponents), Rational.ZERO);
    }

    public Polynomial plus(Polynomial other, Budget budget) {
        Map<Monomial, Rational> sum = new HashMap<>(terms);
        other.terms.forEach((monomial, value) -> add(sum, monomial, value, budget));
        return checked(sum);
    }

    public Polynomial negate() {
        Map<Monomial, Rational> negated = new HashMap<>();
        terms.forEach((monomial, value) -> negated.put(monomial, value.negate()));
        return new Polynomial(negated);
    }

    public Polynomial times(Polynomial other, Budget budget) {
        Map<Monomial, Rational> product = new HashMap<>();
        for (Map.Entry<Monomial, Rational> left : terms.entrySet()) {
            for (Map.Entry<Monomial, Rational> right : other.terms.entrySet()) {
                budget.spend(15);
                Monomial monomial = left.getKey().times(right.getKey());
                Rational value = left.getValue().times(right.getValue(), budget);
                int unit = monomial.power(I);
                if (unit > 1) {
                    Monomial real = monomial.real();
                    add(
                            product,
                            unit % 2 == 0 ? real : real.times(generator(I).monomial()),
                            unit % 4 < 2 ? value : value.negate(),
                            budget);
                } else {
                    add(product, monomial, value, budget);
                }
            }
            if (product.size() > MOST_TERMS) {
                throw new BudgetExceededException("terms");
            }
        }
        return checked(product);
    }

    private Monomial monomial() {
        return terms.keySet().iterator().next();
    }

    public Polynomial power(int exponent, Budget budget) {
        Polynomial result = of(Rational.ONE);
        for (int i = 0; i < exponent; i++) {
            if (isConstant()) {
                return of(constant().power(BigInteger.valueOf(exponent), budget));
            }
            result = result.times(this, budget);
        }
        return result;
    }

    /** The value with each generator replaced by a number. */
    public ComplexBall at(IntFunction<ComplexBall> point, Precision p, Budget budget) {
        ComplexBall sum = ComplexBall.of(Rational.ZERO, p);
        for (Map.Entry<Monomial, Rational> term : terms.entrySet()) {
            ComplexBall product = ComplexBall.of(term.getValue(), p);
            int[] exponents = term.getKey().exponents();
            for (int i = 0; i < exponents.length; i++) {
                if (exponents[i] > 0) {
                    product = product.times(point.apply(i).power(exponents[i], p, budget), p, budget);
                }
            }
            sum = sum.plus(product, p, budget);
        }
        return sum;
    }

    /** The factor that this polynomial is of another, both not zero; zero if there is none. */
    public Rational ratio(Polynomial other, Budget budget) {
        if (terms.size() != other.terms.size() || terms.isEmpty()) {
            return Rational.ZERO;
        }
        Monomial first = monomial();
        Rational there = other.terms.getOrDefault(first, Rational.ZERO);
        if (there.signum() == 0) {
            return Rational.ZERO;
        }
        Rational factor = terms.getOrDefault(first, Rational.ZERO).over(there, budget);
        return equals(other.times(of(factor), budget)) ? factor : Rational.ZERO;
    }

    /** A text that is the same for equal polynomials, generators written by their names. */
    public String toString(IntFunction<String> names) {
        SortedMap<String, Rational> sorted = new TreeMap<>();
        terms.forEach((monomial, value) -> {
            SortedMap<String, Integer> factors = new TreeMap<>();
            for (int i = 0; i < monomial.exponents.length; i++) {
                if (monomial.exponents[i] > 0) {
                    factors.put(names.apply(i), monomial.exponents[i]);
                }
            }
            sorted.put(factors.toString(), value);
        });
        return sorted.toString();
    }

    private static void add(Map<Monomial, Rational> sum, Monomial monomial, Rational value, Budget budget) {
        budget.spend(2);
        Rational before = sum.get(monomial);
        Rational after = before == null ? value : before.plus(value, budget);
        if (after.signum() == 0) {
            sum.remove(monomial);
        } else {
            sum.put(monomial, after);
        }
    }

    private static Polynomial checked(Map<Monomial, Rational> terms) {
        if (terms.size() > MOST_TERMS) {
            throw new BudgetExceededException("terms");
        }
        return new Polynomial(terms);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Polynomial polynomial && terms.equals(polynomial.terms);
    }

    @Override
    public int hashCode() {
        return terms.hashCode();
    }

    @Override
    public String toString() {
        return toString(i -> i == I ? "i" : "g" + i);
    }
}
