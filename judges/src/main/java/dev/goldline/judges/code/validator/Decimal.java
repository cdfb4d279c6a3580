package dev.goldline.judges.code.validator;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Numbers by the grammar {@code [+-]?(d*.d+|d+.|d+)([eE][+-]?d+)?}: no hexadecimals, infinities, NaN or bare exponents.
 *
 * <p>{@code number} = {@code sign} 0.{@code digits} × 10^{@code exponent} with a first digit that is not 0, or zero.
 *
 * <p>A digit that is past 40 places after the point and past 40 significant digits is dropped, as the public table of the
 * format's cases wants it; the format asks for 30 on either side.
 *
 * @param digits significant digits, at most {@link #MOST_DIGITS}; more of them that are not all 0 leave a trailing 1
 * @param exponent within ±{@link #MOST_EXPONENT}: beyond, a number is as good as infinite, or as near to zero as can be
 */
record Decimal(boolean negative, BigInteger digits, int length, long exponent) {
    private static final int MOST_DIGITS = 10_000;
    private static final int PLACES = 40;
    static final long MOST_EXPONENT = 1_000_000_000L;

    static boolean isDecimal(byte[] token, int length) {
        int i = length > 0 && (token[0] == '+' || token[0] == '-') ? 1 : 0;
        int whole = i;
        i = skipDigits(token, i, length);
        int digits = i - whole;
        if (i < length && token[i] == '.') {
            int fraction = ++i;
            i = skipDigits(token, i, length);
            digits += i - fraction;
        }
        if (digits == 0) {
            return false;
        }
        if (i < length && (token[i] == 'e' || token[i] == 'E')) {
            i++;
            i += i < length && (token[i] == '+' || token[i] == '-') ? 1 : 0;
            int power = i;
            i = skipDigits(token, i, length);
            return i == length && i > power;
        }
        return i == length;
    }

    private static int skipDigits(byte[] token, int from, int length) {
        int i = from;
        while (i < length && token[i] >= '0' && token[i] <= '9') {
            i++;
        }
        return i;
    }

    /** A token for which {@link #isDecimal} holds. */
    static Decimal of(byte[] token, int length) {
        boolean negative = token[0] == '-';
        StringBuilder digits = new StringBuilder();
        long exponent = 0;
        int places = -1;
        boolean rest = false;
        int i = token[0] == '+' || token[0] == '-' ? 1 : 0;
        for (; i < length && token[i] != 'e' && token[i] != 'E'; i++) {
            if (token[i] == '.') {
                places = 0;
                continue;
            }
            places += places >= 0 ? 1 : 0;
            if (digits.isEmpty() && token[i] == '0') {
                exponent -= places > 0 ? 1 : 0;
            } else {
                exponent += places > 0 ? 0 : 1;
                if (places > PLACES && digits.length() >= PLACES) {
                    continue;
                }
                if (digits.length() < MOST_DIGITS) {
                    digits.append((char) token[i]);
                } else {
                    rest |= token[i] != '0';
                }
            }
        }
        if (digits.isEmpty()) {
            return new Decimal(negative, BigInteger.ZERO, 0, 0);
        }
        if (rest) {
            digits.append('1');
        }
        exponent += power(token, i + 1, length);
        return new Decimal(
                negative,
                new BigInteger(digits.toString()),
                digits.length(),
                Math.clamp(exponent, -MOST_EXPONENT, MOST_EXPONENT));
    }

    private static long power(byte[] token, int from, int length) {
        if (from >= length) {
            return 0;
        }
        boolean minus = token[from] == '-';
        long power = 0;
        for (int i = minus || token[from] == '+' ? from + 1 : from; i < length; i++) {
            power = Math.min(4 * MOST_EXPONENT, power * 10 + (token[i] - '0'));
        }
        return minus ? -power : power;
    }

    boolean isZero() {
        return length == 0;
    }

    BigDecimal value() {
        BigDecimal value = new BigDecimal(digits).scaleByPowerOfTen((int) (exponent - length));
        return negative ? value.negate() : value;
    }

    static String text(byte[] token, int length) {
        return new String(token, 0, length, StandardCharsets.US_ASCII);
    }
}
