package dev.goldline.judges.arithmetic;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A real number known up to an error: it lies within {@code radius} of {@code middle}. Every operation returns a ball
 * that holds the exact result for all numbers of its operands.
 */
record Ball(BigDecimal middle, BigDecimal radius) {
    static final Ball ZERO = new Ball(BigDecimal.ZERO, BigDecimal.ZERO);
    static final Ball ONE = new Ball(BigDecimal.ONE, BigDecimal.ZERO);

    /** Radii are rounded up: they stay bounds. */
    private static final MathContext UP = new MathContext(6, RoundingMode.UP);

    private static final MathContext DOWN = new MathContext(6, RoundingMode.DOWN);

    /** Digits that a function of the library is computed with beyond those that are trusted. */
    private static final int GUARD = 6;

    /** No exponent of ten may be larger. */
    private static final int MOST_MAGNITUDE = 200_000;

    private static final BigDecimal MOST_EXP = BigDecimal.valueOf(20_000);

    static Ball of(Rational value, Precision p) {
        BigDecimal top = new BigDecimal(value.numerator());
        if (value.isInteger()) {
            return top.precision() <= p.digits() ? new Ball(top, BigDecimal.ZERO) : rounded(top.round(p.context()), p);
        }
        return rounded(top.divide(new BigDecimal(value.denominator()), p.context()), p);
    }

    static Ball pi(Precision p) {
        return rounded(p.pi(), p);
    }

    /** A value rounded once at a precision. */
    private static Ball rounded(BigDecimal value, Precision p) {
        return new Ball(value, unit(value, p));
    }

    /** One unit of the last place, for a value rounded at a precision. */
    private static BigDecimal unit(BigDecimal value, Precision p) {
        if (value.signum() == 0) {
            return BigDecimal.ZERO;
        }
        int magnitude = magnitude(value);
        if (Math.abs((long) magnitude) > MOST_MAGNITUDE) {
            throw new BudgetExceededException("magnitude");
        }
        return BigDecimal.valueOf(1, p.digits() - magnitude - 1);
    }

    /** Such that the absolute value is below ten to this power. */
    static int magnitude(BigDecimal value) {
        return value.precision() - value.scale();
    }

    boolean isExactly(BigDecimal value) {
        return radius.signum() == 0 && middle.compareTo(value) == 0;
    }

    boolean isZero() {
        return radius.signum() == 0 && middle.signum() == 0;
    }

    boolean mayBeZero() {
        return middle.abs().compareTo(radius) <= 0;
    }

    /** 1 or -1 if all its numbers have this sign; else 0. */
    int sign() {
        return mayBeZero() ? 0 : middle.signum();
    }

    BigDecimal most() {
        return middle.abs().add(radius, UP);
    }

    BigDecimal least() {
        return middle.abs().subtract(radius, DOWN).max(BigDecimal.ZERO);
    }

    Ball negate() {
        return new Ball(middle.negate(), radius);
    }

    Ball abs() {
        return sign() != 0 || isZero()
                ? new Ball(middle.abs(), radius)
                : new Ball(most().divide(BigDecimal.TWO, UP), most().divide(BigDecimal.TWO, UP));
    }

    Ball plus(Ball other, Precision p) {
        BigDecimal sum = middle.add(other.middle, p.context());
        return new Ball(sum, radius.add(other.radius, UP).add(unit(sum, p), UP));
    }

    Ball minus(Ball other, Precision p) {
        return plus(other.negate(), p);
    }

    Ball times(Ball other, Precision p) {
        if (isZero() || other.isZero()) {
            return ZERO;
        }
        BigDecimal product = middle.multiply(other.middle, p.context());
        BigDecimal error = unit(product, p);
        if (radius.signum() != 0 || other.radius.signum() != 0) {
            error = error.add(middle.abs().multiply(other.radius, UP), UP)
                    .add(other.middle.abs().multiply(radius, UP), UP)
                    .add(radius.multiply(other.radius, UP), UP);
        }
        return new Ball(product, error);
    }

    Ball over(Ball other, Precision p) {
        if (other.mayBeZero()) {
            throw new IndeterminateException("division by what may be zero");
        }
        BigDecimal quotient = middle.divide(other.middle, p.context());
        BigDecimal error = radius.add(quotient.abs().multiply(other.radius, UP), UP)
                .divide(other.least(), UP)
                .add(unit(quotient, p), UP)
                .add(unit(quotient, p), UP);
        return new Ball(quotient, error);
    }

    /** Of a number that is not negative. */
    Ball sqrt(Precision p) {
        if (isZero()) {
            return ZERO;
        }
        if (sign() <= 0) {
            throw new IndeterminateException("square root of what may be negative");
        }
        BigDecimal root = middle.sqrt(p.context());
        // The slope is largest, 1 over twice the root, at the least number; the root itself is below that.
        BigDecimal error = radius.divide(least().sqrt(DOWN), UP);
        return new Ball(root, error.add(unit(root, p), UP));
    }

    Ball exp(Precision p) {
        if (most().compareTo(MOST_EXP) > 0) {
            throw new BudgetExceededException("magnitude");
        }
        if (radius.compareTo(BigDecimal.ONE) > 0) {
            throw new IndeterminateException("exponential of what is hardly known");
        }
        BigDecimal value = BigDecimalMath.exp(middle, guarded(p, middle));
        // e^r - 1 is at most 2r for r up to 1.
        BigDecimal error = value.multiply(radius, UP).multiply(BigDecimal.TWO, UP);
        return round(value, error, p);
    }

    /** Of a number above 0. */
    Ball log(Precision p) {
        if (sign() <= 0) {
            throw new IndeterminateException("logarithm of what may not be positive");
        }
        if (middle.compareTo(BigDecimal.ONE) == 0 && radius.signum() == 0) {
            return ZERO;
        }
        BigDecimal value = BigDecimalMath.log(middle, guarded(p, BigDecimal.ONE));
        return roundAbsolutely(value, radius.divide(least(), UP), p);
    }

    Ball sin(Precision p) {
        return isZero() ? ZERO : roundAbsolutely(BigDecimalMath.sin(middle, guarded(p, middle)), radius, p);
    }

    Ball cos(Precision p) {
        return isZero() ? ONE : roundAbsolutely(BigDecimalMath.cos(middle, guarded(p, middle)), radius, p);
    }

    Ball atan(Precision p) {
        return isZero() ? ZERO : roundAbsolutely(BigDecimalMath.atan(middle, guarded(p, BigDecimal.ONE)), radius, p);
    }

    /** The precision of a library call whose argument is about so large: it loses the digits before the point. */
    private static MathContext guarded(Precision p, BigDecimal argument) {
        int magnitude = argument.signum() == 0 ? 0 : Math.max(0, magnitude(argument));
        if (magnitude > 40) {
            throw new BudgetExceededException("magnitude");
        }
        return new MathContext(p.digits() + magnitude + GUARD, RoundingMode.HALF_EVEN);
    }

    private static Ball round(BigDecimal value, BigDecimal error, Precision p) {
        BigDecimal shorter = value.round(p.context());
        BigDecimal unit = unit(shorter, p);
        return new Ball(shorter, error.add(unit, UP).add(unit, UP));
    }

    /** The same with an error of the library that is small beside 1, not beside the value. */
    private static Ball roundAbsolutely(BigDecimal value, BigDecimal error, Precision p) {
        return round(value, error.add(BigDecimal.valueOf(1, p.digits()), UP), p);
    }
}
