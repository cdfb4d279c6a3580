package dev.goldline.judges.answer;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;

/** What an answer means. Two answers agree exactly if their values are equal. */
sealed interface AnswerValue {
    /**
     * An exact number.
     *
     * @param numerator has no factor in common with the denominator
     * @param denominator above 0; 1 for an integer
     */
    record Rational(BigInteger numerator, BigInteger denominator) implements AnswerValue {
        public Rational {
            if (denominator.signum() <= 0 || !numerator.gcd(denominator).equals(BigInteger.ONE)) {
                throw new IllegalArgumentException(numerator + "/" + denominator + " is not in lowest terms");
            }
        }

        /** The quotient of two integers, the second not 0. */
        static Rational of(BigInteger numerator, BigInteger denominator) {
            BigInteger divisor = numerator.gcd(denominator);
            BigInteger signed = denominator.signum() < 0 ? divisor.negate() : divisor;
            return new Rational(numerator.divide(signed), denominator.divide(signed));
        }

        Rational negate() {
            return new Rational(numerator.negate(), denominator);
        }

        @Override
        public String toString() {
            return denominator.equals(BigInteger.ONE) ? numerator.toString() : numerator + "/" + denominator;
        }
    }

    /** Values in order, at least two. */
    record Tuple(List<AnswerValue> values) implements AnswerValue {
        public Tuple {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return values.stream().map(AnswerValue::toString).collect(Collectors.joining(",", "(", ")"));
        }
    }
}
