package dev.goldline.judges.arithmetic;

import java.math.BigInteger;

/**
 * An exact number.
 *
 * @param numerator has no factor in common with the denominator
 * @param denominator above 0; 1 for an integer
 */
public record Rational(BigInteger numerator, BigInteger denominator) implements Comparable<Rational> {
    public static final Rational ZERO = of(0);
    public static final Rational ONE = of(1);

    /** Words of a long operation that cost as much as one unit of the budget. */
    private static final int WORDS_A_UNIT = 8;

    public Rational {
        if (denominator.signum() <= 0 || !coprime(numerator, denominator)) {
            throw new IllegalArgumentException(numerator + "/" + denominator + " is not in lowest terms");
        }
    }

    private static boolean coprime(BigInteger a, BigInteger b) {
        return b.equals(BigInteger.ONE) || a.gcd(b).equals(BigInteger.ONE);
    }

    /** An integer. */
    public static Rational of(long value) {
        return new Rational(BigInteger.valueOf(value), BigInteger.ONE);
    }

    /** An integer. */
    public static Rational of(BigInteger value) {
        return new Rational(value, BigInteger.ONE);
    }

    /**
     * The quotient of two integers.
     *
     * @throws IndeterminateException if the second is 0
     */
    public static Rational of(BigInteger numerator, BigInteger denominator) {
        if (denominator.signum() == 0) {
            throw new IndeterminateException("division by zero");
        }
        BigInteger divisor = numerator.gcd(denominator);
        BigInteger signed = denominator.signum() < 0 ? divisor.negate() : divisor;
        return new Rational(numerator.divide(signed), denominator.divide(signed));
    }

    public Rational negate() {
        return new Rational(numerator.negate(), denominator);
    }

    public Rational plus(Rational other, Budget budget) {
        weigh(other, budget);
        if (isInteger() && other.isInteger()) {
            return of(budget.checked(numerator.add(other.numerator)));
        }
        BigInteger top = numerator.multiply(other.denominator).add(other.numerator.multiply(denominator));
        return checked(top, denominator.multiply(other.denominator), budget);
    }

    public Rational minus(Rational other, Budget budget) {
        return plus(other.negate(), budget);
    }

    public Rational times(Rational other, Budget budget) {
        weigh(other, budget);
        if (isInteger() && other.isInteger()) {
            return of(budget.checked(numerator.multiply(other.numerator)));
        }
        return checked(numerator.multiply(other.numerator), denominator.multiply(other.denominator), budget);
    }

    /** @throws IndeterminateException if the other is 0 */
    public Rational over(Rational other, Budget budget) {
        weigh(other, budget);
        return checked(numerator.multiply(other.denominator), denominator.multiply(other.numerator), budget);
    }

    /**
     * An integer power.
     *
     * @throws IndeterminateException for 0 to a power below 1
     */
    public Rational power(BigInteger exponent, Budget budget) {
        if (signum() == 0 && exponent.signum() <= 0) {
            throw new IndeterminateException("zero to the power " + exponent);
        }
        if (isInteger() && numerator.abs().equals(BigInteger.ONE)) {
            return numerator.signum() > 0 || !exponent.testBit(0) ? ONE : ONE.negate();
        }
        if (signum() == 0) {
            return ZERO;
        }
        int longest = Math.max(numerator.bitLength(), denominator.bitLength());
        budget.checkBits(exponent.abs().doubleValue() * Math.max(1, longest - 1));
        int n = exponent.abs().intValueExact();
        long words = 1 + (long) n * longest / 32;
        budget.spend(1 + words * words / WORDS_A_UNIT / 4);
        BigInteger top = numerator.pow(n);
        BigInteger bottom = denominator.pow(n);
        // Powers of coprime integers are coprime.
        Rational power = new Rational(top, bottom);
        return exponent.signum() < 0 ? power.inverse() : power;
    }

    private Rational inverse() {
        return numerator.signum() < 0
                ? new Rational(denominator.negate(), numerator.negate())
                : new Rational(denominator, numerator);
    }

    private void weigh(Rational other, Budget budget) {
        long words = 1 + (Math.max(numerator.bitLength(), denominator.bitLength()) >> 5);
        long others = 1 + (Math.max(other.numerator.bitLength(), other.denominator.bitLength()) >> 5);
        budget.spend(1 + words * others / WORDS_A_UNIT);
    }

    private static Rational checked(BigInteger top, BigInteger bottom, Budget budget) {
        budget.checked(top);
        budget.checked(bottom);
        budget.spend((1L + (top.bitLength() >> 5)) * (1 + (bottom.bitLength() >> 5)) / WORDS_A_UNIT);
        return of(top, bottom);
    }

    public boolean isInteger() {
        return denominator.equals(BigInteger.ONE);
    }

    public int signum() {
        return numerator.signum();
    }

    /** The greatest integer that is not above it. */
    public BigInteger floor() {
        BigInteger[] parts = numerator.divideAndRemainder(denominator);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    @Override
    public int compareTo(Rational other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    @Override
    public String toString() {
        return isInteger() ? numerator.toString() : numerator + "/" + denominator;
    }
}
