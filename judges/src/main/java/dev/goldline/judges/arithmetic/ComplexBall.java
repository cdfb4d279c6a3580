package dev.goldline.judges.arithmetic;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A complex number known up to an error, by its real and imaginary parts. Functions with a cut take their principal
 * values; where a ball touches a cut, the value is indeterminate.
 */
public final class ComplexBall {
    public static final ComplexBall ONE = new ComplexBall(Ball.ONE, Ball.ZERO);
    public static final ComplexBall I = new ComplexBall(Ball.ZERO, Ball.ONE);

    private final Ball real;
    private final Ball imaginary;

    private ComplexBall(Ball real, Ball imaginary) {
        this.real = real;
        this.imaginary = imaginary;
    }

    public static ComplexBall of(Rational value, Precision p) {
        return new ComplexBall(Ball.of(value, p), Ball.ZERO);
    }

    public static ComplexBall of(Rational real, Rational imaginary, Precision p) {
        return new ComplexBall(Ball.of(real, p), Ball.of(imaginary, p));
    }

    public static ComplexBall pi(Precision p) {
        return new ComplexBall(Ball.pi(p), Ball.ZERO);
    }

    /** Whether it is certainly real. */
    public boolean isReal() {
        return imaginary.isZero();
    }

    /** Whether it is zero without any error. */
    public boolean isZero() {
        return real.isZero() && imaginary.isZero();
    }

    /** Whether zero is among its numbers. */
    public boolean mayBeZero() {
        return real.mayBeZero() && imaginary.mayBeZero();
    }

    /** The sign of a real number: 0 if it is not known, or if the number may not be real. */
    public int sign() {
        return isReal() ? real.sign() : 0;
    }

    /** Whether the absolute value of all its numbers is below ten to this power. */
    public boolean isBelowTenTo(int exponent) {
        BigDecimal bound = BigDecimal.valueOf(1, -exponent);
        return real.most().compareTo(bound) < 0 && imaginary.most().compareTo(bound) < 0;
    }

    /** Such that the absolute value of the larger part is about ten to this power; least for zero. */
    public int magnitude() {
        int first = real.middle().signum() == 0 ? Integer.MIN_VALUE : Ball.magnitude(real.middle());
        int second = imaginary.middle().signum() == 0 ? Integer.MIN_VALUE : Ball.magnitude(imaginary.middle());
        return Math.max(first, second);
    }

    /**
     * The greatest integer that is not above this real number.
     *
     * @throws IndeterminateException if the number is not real or its error leaves two integers open
     */
    public BigInteger floor() {
        if (!isReal()) {
            throw new IndeterminateException("floor of what may not be real");
        }
        BigDecimal low = real.middle().subtract(real.radius());
        BigDecimal high = real.middle().add(real.radius());
        if (Ball.magnitude(high) > 1_000) {
            throw new BudgetExceededException("magnitude");
        }
        BigInteger floor = low.setScale(0, RoundingMode.FLOOR).toBigInteger();
        if (!floor.equals(high.setScale(0, RoundingMode.FLOOR).toBigInteger())) {
            throw new IndeterminateException("floor of what may be on either side of an integer");
        }
        return floor;
    }

    public ComplexBall negate() {
        return new ComplexBall(real.negate(), imaginary.negate());
    }

    public ComplexBall plus(ComplexBall other, Precision p, Budget budget) {
        budget.spend(p.cost());
        Ball sum = real.plus(other.real, p);
        return isReal() && other.isReal()
                ? new ComplexBall(sum, Ball.ZERO)
                : new ComplexBall(sum, imaginary.plus(other.imaginary, p));
    }

    public ComplexBall minus(ComplexBall other, Precision p, Budget budget) {
        return plus(other.negate(), p, budget);
    }

    public ComplexBall times(ComplexBall other, Precision p, Budget budget) {
        budget.spend(4 * p.cost());
        if (isReal() && other.isReal()) {
            return new ComplexBall(real.times(other.real, p), Ball.ZERO);
        }
        Ball re = real.times(other.real, p).minus(imaginary.times(other.imaginary, p), p);
        Ball im = real.times(other.imaginary, p).plus(imaginary.times(other.real, p), p);
        return new ComplexBall(re, im);
    }

    public ComplexBall over(ComplexBall other, Precision p, Budget budget) {
        budget.spend(8 * p.cost());
        if (other.isReal()) {
            Ball re = real.over(other.real, p);
            return new ComplexBall(re, isReal() ? Ball.ZERO : imaginary.over(other.real, p));
        }
        Ball square = other.real.times(other.real, p).plus(other.imaginary.times(other.imaginary, p), p);
        ComplexBall top = times(new ComplexBall(other.real, other.imaginary.negate()), p, budget);
        return new ComplexBall(top.real.over(square, p), top.imaginary.over(square, p));
    }

    /** A power with a small exponent that is not negative, by squaring. */
    public ComplexBall power(int exponent, Precision p, Budget budget) {
        ComplexBall result = ONE;
        ComplexBall square = this;
        for (int rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = result.times(square, p, budget);
            }
            if (rest > 1) {
                square = square.times(square, p, budget);
            }
        }
        return result;
    }

    /** The absolute value. */
    public ComplexBall abs(Precision p, Budget budget) {
        budget.spend(20 * p.cost());
        return new ComplexBall(modulus(p), Ball.ZERO);
    }

    private Ball modulus(Precision p) {
        if (isReal()) {
            return real.abs();
        }
        return real.times(real, p).plus(imaginary.times(imaginary, p), p).sqrt(p);
    }

    /** The principal square root. */
    public ComplexBall sqrt(Precision p, Budget budget) {
        budget.spend(20 * p.cost());
        if (isReal()) {
            if (real.isZero()) {
                return this;
            }
            return switch (real.sign()) {
                case 1 -> new ComplexBall(real.sqrt(p), Ball.ZERO);
                case -1 -> new ComplexBall(Ball.ZERO, real.negate().sqrt(p));
                default -> throw new IndeterminateException("square root of what may have either sign");
            };
        }
        // sqrt((|z| + x) / 2) is the larger part for x at least 0, sqrt((|z| - x) / 2) for x below; y / 2 over it the
        // other.
        Ball half = new Ball(new BigDecimal("0.5"), BigDecimal.ZERO);
        boolean right = real.sign() > 0;
        if (!right && imaginary.sign() == 0) {
            throw new IndeterminateException("square root on the cut");
        }
        Ball size = modulus(p);
        Ball larger = (right ? size.plus(real, p) : size.minus(real, p))
                .times(half, p)
                .sqrt(p);
        Ball other = imaginary.times(half, p).over(larger, p);
        if (right) {
            return new ComplexBall(larger, other);
        }
        return imaginary.sign() > 0 ? new ComplexBall(other, larger) : new ComplexBall(other.negate(), larger.negate());
    }

    public ComplexBall exp(Precision p, Budget budget) {
        budget.spend(p.functionCost());
        Ball scale = real.exp(p);
        if (isReal()) {
            return new ComplexBall(scale, Ball.ZERO);
        }
        budget.spend(2 * p.functionCost());
        return new ComplexBall(scale.times(imaginary.cos(p), p), scale.times(imaginary.sin(p), p));
    }

    /** The principal logarithm. */
    public ComplexBall log(Precision p, Budget budget) {
        budget.spend(2 * p.functionCost());
        if (isReal()) {
            if (real.sign() == 0) {
                throw new IndeterminateException("logarithm of what may be zero");
            }
            Ball log = real.abs().log(p);
            return new ComplexBall(log, real.sign() > 0 ? Ball.ZERO : Ball.pi(p));
        }
        return new ComplexBall(modulus(p).log(p), argument(p));
    }

    /** Between -pi and pi; the negative real axis is the cut. */
    private Ball argument(Precision p) {
        Ball right = Ball.pi(p).times(new Ball(new BigDecimal("0.5"), BigDecimal.ZERO), p);
        if (real.sign() > 0) {
            return imaginary.over(real, p).atan(p);
        }
        if (imaginary.sign() == 0) {
            throw new IndeterminateException("argument on the cut");
        }
        // For y above 0 the argument is pi/2 - atan(x/y), for y below 0 it is -pi/2 - atan(x/y).
        Ball rest = real.over(imaginary, p).atan(p);
        return (imaginary.sign() > 0 ? right : right.negate()).minus(rest, p);
    }

    public ComplexBall sin(Precision p, Budget budget) {
        budget.spend(p.functionCost());
        if (isReal()) {
            return new ComplexBall(real.sin(p), Ball.ZERO);
        }
        // (e^{iz} - e^{-iz}) / 2i
        ComplexBall up = I.times(this, p, budget).exp(p, budget);
        ComplexBall down = ONE.over(up, p, budget);
        return up.minus(down, p, budget).over(of(Rational.ZERO, Rational.of(2), p), p, budget);
    }

    public ComplexBall cos(Precision p, Budget budget) {
        budget.spend(p.functionCost());
        if (isReal()) {
            return new ComplexBall(real.cos(p), Ball.ZERO);
        }
        ComplexBall up = I.times(this, p, budget).exp(p, budget);
        ComplexBall down = ONE.over(up, p, budget);
        return up.plus(down, p, budget).over(of(Rational.of(2), p), p, budget);
    }

    public ComplexBall atan(Precision p, Budget budget) {
        budget.spend(p.functionCost());
        if (isReal()) {
            return new ComplexBall(real.atan(p), Ball.ZERO);
        }
        // (log(1 + iz) - log(1 - iz)) / 2i
        ComplexBall iz = I.times(this, p, budget);
        ComplexBall difference = ONE.plus(iz, p, budget)
                .log(p, budget)
                .minus(ONE.minus(iz, p, budget).log(p, budget), p, budget);
        return difference.over(of(Rational.ZERO, Rational.of(2), p), p, budget);
    }

    /** The arc sine; the cuts are the real numbers beyond -1 and 1. */
    public ComplexBall asin(Precision p, Budget budget) {
        ComplexBall rest = ONE.minus(times(this, p, budget), p, budget);
        if (isReal() && rest.sign() > 0) {
            // atan(x / sqrt(1 - x^2))
            return over(rest.sqrt(p, budget), p, budget).atan(p, budget);
        }
        if (isReal() && (real.isExactly(BigDecimal.ONE) || real.isExactly(BigDecimal.ONE.negate()))) {
            ComplexBall right = pi(p).over(of(Rational.of(2), p), p, budget);
            return real.sign() > 0 ? right : right.negate();
        }
        if (isReal()) {
            throw new IndeterminateException("arc sine on the cut");
        }
        // -i log(iz + sqrt(1 - z^2))
        ComplexBall inside = I.times(this, p, budget).plus(rest.sqrt(p, budget), p, budget);
        return I.negate().times(inside.log(p, budget), p, budget);
    }

    /** For a witness: the value to a few digits. */
    public String approximately() {
        MathContext few = new MathContext(8);
        String re = plain(real.middle().round(few));
        return isReal()
                ? re
                : re + (imaginary.middle().signum() < 0 ? " - " : " + ")
                        + plain(imaginary.middle().abs().round(few)) + "i";
    }

    private static String plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return Math.abs((long) stripped.scale()) < 20 ? stripped.toPlainString() : stripped.toString();
    }
}
