package dev.goldline.judges.code.validator;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How far a number may be from the answer a: |s − a| ≤ absolute, or |s − a| ≤ relative · |a|.
 *
 * <p>Decided with doubles where the rounding of doubles cannot matter, else with exact decimals.
 */
record Tolerance(Optional<BigDecimal> absolute, Optional<BigDecimal> relative) {
    /** Digits within which a double holds any decimal exactly enough for the fast path. */
    private static final int SHORT = 24;

    /** Far above the rounding of two conversions, a subtraction and a product: 2^-53 each. */
    private static final double SAFETY = 1e-13;

    /** Decimals whose leading digits are further apart than this are not subtracted digit by digit. */
    private static final int FAR = 20_000;

    private static final int MOST_POWER = 1000;

    /** A tolerance as written among the arguments: at least 0, of an exponent that is not absurd. */
    static Optional<BigDecimal> parse(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 100 || !Decimal.isDecimal(bytes, bytes.length)) {
            return Optional.empty();
        }
        Decimal decimal = Decimal.of(bytes, bytes.length);
        if (decimal.isZero()) {
            return Optional.of(BigDecimal.ZERO);
        }
        return decimal.negative() || Math.abs(decimal.exponent()) > MOST_POWER
                ? Optional.empty()
                : Optional.of(decimal.value());
    }

    /** Two tokens that are decimals. */
    boolean accepts(byte[] output, int outputLength, byte[] answer, int answerLength) {
        if (outputLength <= SHORT && answerLength <= SHORT) {
            double s = Double.parseDouble(Decimal.text(output, outputLength));
            double a = Double.parseDouble(Decimal.text(answer, answerLength));
            double distance = Math.abs(s - a);
            double allowed = Math.max(
                    absolute.map(BigDecimal::doubleValue).orElse(0.0),
                    relative.map(BigDecimal::doubleValue).orElse(0.0) * Math.abs(a));
            double doubt = SAFETY * (Math.abs(s) + Math.abs(a) + allowed) + Double.MIN_NORMAL;
            if (distance + doubt < allowed) {
                return true;
            }
            if (distance > allowed + doubt && distance < Double.POSITIVE_INFINITY) {
                return false;
            }
        }
        return exactly(Decimal.of(output, outputLength), Decimal.of(answer, answerLength));
    }

    private boolean exactly(Decimal output, Decimal answer) {
        BigDecimal distance = distance(output, answer);
        if (distance.signum() == 0) {
            return true;
        }
        if (absolute.isPresent() && distance.compareTo(absolute.get()) <= 0) {
            return true;
        }
        if (relative.isEmpty() || relative.get().signum() == 0 || answer.isZero()) {
            return false;
        }
        return distance.compareTo(relative.get().multiply(answer.value().abs())) <= 0;
    }

    /** |s − a|. A number that is very small beside the other is replaced by one small enough to decide the same. */
    private static BigDecimal distance(Decimal output, Decimal answer) {
        if (output.isZero() || answer.isZero()) {
            return (output.isZero() ? answer : output).value().abs();
        }
        if (Math.abs(output.exponent() - answer.exponent()) <= FAR) {
            return output.value().subtract(answer.value()).abs();
        }
        Decimal large = output.exponent() > answer.exponent() ? output : answer;
        boolean sameSign = output.negative() == answer.negative();
        BigDecimal trace = BigDecimal.ONE.scaleByPowerOfTen((int) (large.exponent() - large.length() - FAR));
        BigDecimal magnitude = large.value().abs();
        return sameSign ? magnitude.subtract(trace) : magnitude.add(trace);
    }
}
