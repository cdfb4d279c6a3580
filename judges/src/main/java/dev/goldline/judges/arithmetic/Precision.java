package dev.goldline.judges.arithmetic;

import ch.obermuhlner.math.big.BigDecimalMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A number of decimal digits to compute with, and the constants at it. Immutable; one instance a precision. */
public final class Precision {
    /** More digits are never computed. */
    public static final int MOST_DIGITS = 1_500;

    private static final int FEW = 50;

    private static final Map<Integer, Precision> KNOWN = new ConcurrentHashMap<>();

    private final int digits;
    private final MathContext context;
    private final BigDecimal pi;

    private Precision(int digits) {
        this.digits = digits;
        context = new MathContext(digits, RoundingMode.HALF_EVEN);
        pi = BigDecimalMath.pi(context);
    }

    /** @throws BudgetExceededException above {@link #MOST_DIGITS} */
    public static Precision of(int digits) {
        if (digits > MOST_DIGITS) {
            throw new BudgetExceededException("digits");
        }
        // Above a few, steps of 50 keep the number of remembered constants small.
        return KNOWN.computeIfAbsent(digits <= FEW ? digits : (digits + 49) / 50 * 50, Precision::new);
    }

    public int digits() {
        return digits;
    }

    MathContext context() {
        return context;
    }

    /** What an elementary operation costs at this precision, in units of a {@link Budget}. */
    long cost() {
        return 4 + (long) digits * digits / 2_000;
    }

    /** What an elementary function costs. */
    long functionCost() {
        return 1_000 + (long) digits * digits / 2;
    }

    BigDecimal pi() {
        return pi;
    }
}
