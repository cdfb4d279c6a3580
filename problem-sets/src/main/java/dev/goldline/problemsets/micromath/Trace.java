package dev.goldline.problemsets.micromath;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Writes arithmetic down as it does it: the one notation of all families.
 *
 * <pre>
 * step      = sum | difference | product | division, steps joined by ';'
 * product   = a*b=c                                     below 100 by below 10, or by 0, 1 or 10
 *           | a*b:a1*b=c1,a2*b=c2,c1+c2=c               a split into its first digit and the rest
 *           | a*b:a*u=c1,a*t=c2,c1+c20=c                b with tens digit t and units digit u
 * division  = n=m*q+r                                   divisor below 10, or in one go
 *           | n/m:p-m*d=p-e=f,...,qQ                    long division: partial dividend p, digit d, product e
 * </pre>
 *
 * <p>At most one result is made wrong on purpose (a slip); since every caller goes on with what was written, all that
 * follows is consistent with it.
 */
final class Trace {
    /** A division that had to come out even left a remainder: the solver sees that something is wrong. */
    static final class Uneven extends RuntimeException {
        Uneven() {
            super("a remainder where none can be", null, false, false);
        }
    }

    /** A slip led where the notation cannot follow: try another slip. */
    static final class Derailed extends RuntimeException {
        Derailed() {
            super("a slip that cannot be followed", null, false, false);
        }
    }

    private final List<Segment> segments = new ArrayList<>();
    private final StringBuilder pending = new StringBuilder();
    private final int slipAt;
    private final RandomGenerator random;
    private int results;
    private boolean lineStart = true;

    /**
     * @param slipAt the result to make wrong, counted from 0; -1 for none
     * @param random chooses the digit
     */
    Trace(int slipAt, RandomGenerator random) {
        this.slipAt = slipAt;
        this.random = random;
    }

    Solution solution() {
        flush(true);
        return new Solution(segments);
    }

    /** Results written so far. */
    int results() {
        return results;
    }

    void line(String head) {
        pending.append('\n').append(head).append(':');
        lineStart = true;
    }

    /** Starts a step. */
    Trace step() {
        if (!lineStart) {
            pending.append(';');
        }
        lineStart = false;
        return this;
    }

    /** A step that is only text. */
    void note(String text) {
        step().put(text);
    }

    long plus(long a, long b) {
        step().put(a, '+', b);
        return result(a + b);
    }

    long minus(long a, long b) {
        step().put(a, '-', b);
        return result(a - b);
    }

    /** Writes the difference of two values that should agree. */
    boolean agree(long a, long b) {
        step().put(a, '-', b);
        pending.append('=').append(a - b);
        return a == b;
    }

    /** A product in one go. */
    long product(long a, long b) {
        step().put(a, '*', b);
        return result(a * b);
    }

    /** {@code a*b-c*d} in one go. */
    long determinant(long a, long b, long c, long d) {
        step().put(a, '*', b);
        pending.append('-');
        put(c, '*', d);
        return result(a * b - c * d);
    }

    /** {@code a-b*c} in one go. */
    long less(long a, long b, long c) {
        step().put(a, '-', b);
        pending.append('*').append(c);
        return result(a - b * c);
    }

    /** A product by small steps. */
    long times(long a, long b) {
        if (isSmall(a, b) || isSmall(b, a)) {
            return product(a, b);
        }
        if (Math.abs(a) < Math.abs(b)) {
            return times(b, a);
        }
        step().put(a, '*', b);
        pending.append(':');
        return Math.abs(b) < 10 ? timesDigit(a, b) : timesTens(a, b);
    }

    private static boolean isSmall(long a, long b) {
        return Math.abs(b) <= 1 || Math.abs(b) == 10 || Math.abs(a) < 100 && Math.abs(b) < 10;
    }

    private long timesDigit(long a, long b) {
        if (isSmall(a, b)) {
            put(a, '*', b);
            return result(a * b);
        }
        long place = 1;
        while (Math.abs(a) / place >= 10) {
            place *= 10;
        }
        long first = a / place * place;
        put(first, '*', b);
        long left = result(first * b);
        if (first == a) {
            return left;
        }
        pending.append(',');
        long right = timesDigit(a - first, b);
        pending.append(',');
        put(left, '+', right);
        return result(left + right);
    }

    private long timesTens(long a, long b) {
        if (Math.abs(b) >= 100) {
            throw new Derailed();
        }
        if (b % 10 == 0) {
            long tens = timesDigit(a, b / 10);
            pending.append(',');
            put(a, '*', b);
            return result(tens * 10);
        }
        long units = timesDigit(a, b % 10);
        pending.append(',');
        long tens = timesDigit(a, b / 10);
        pending.append(',');
        put(units, '+', tens * 10);
        return result(units + tens * 10);
    }

    /** Quotient and remainder of a division in one go; the remainder has the dividend's sign. */
    long[] divide(long n, long m) {
        if (m == 0) {
            throw new Derailed();
        }
        step().put(n);
        pending.append('=');
        put(m);
        pending.append('*');
        long q = written(n / m);
        pending.append('+');
        return new long[] {q, written(n % m)};
    }

    /** The quotient of a division in one go that must come out even. */
    long share(long n, long m) {
        long[] parts = divide(n, m);
        if (parts[1] != 0) {
            throw new Uneven();
        }
        return parts[0];
    }

    /** The remainder by small steps; both numbers positive. */
    long remainder(long n, long m) {
        if (n < 0 || m <= 0) {
            throw new Derailed();
        }
        if (m < 10) {
            return within(divide(n, m)[1], m);
        }
        step();
        if (n / m < 10) {
            return digit(n, m, n / m);
        }
        return longDivision(n, m);
    }

    /** The quotient by small steps of a division that must come out even; the numbers may be negative. */
    long quotient(long n, long m) {
        if (Math.abs(m) < 10) {
            return share(n, m);
        }
        step();
        long rest = longDivision(n, m);
        if (rest != 0) {
            throw new Uneven();
        }
        pending.append(",q");
        return written(n / m);
    }

    private long longDivision(long n, long m) {
        put(n, '/', m);
        pending.append(':');
        String digits = Long.toString(Math.abs(n));
        long divisor = Math.abs(m);
        long rest = 0;
        boolean started = false;
        for (int i = 0; i < digits.length(); i++) {
            long partial = rest * 10 + (digits.charAt(i) - '0');
            if (!started && partial < divisor && i < digits.length() - 1) {
                rest = partial;
                continue;
            }
            if (started) {
                pending.append(',');
            }
            started = true;
            rest = digit(partial, divisor, partial / divisor);
        }
        return rest;
    }

    /** One digit of a long division: {@code p-m*d=p-e=f}. */
    private long digit(long partial, long m, long digit) {
        put(partial, '-', m);
        pending.append('*').append(digit).append('=').append(partial).append('-');
        long product = written(m * digit);
        return within(result(partial - product), m);
    }

    private static long within(long rest, long m) {
        if (rest < 0 || rest >= m) {
            throw new Derailed();
        }
        return rest;
    }

    /** Euclid's algorithm; the larger number is divided first. */
    long gcd(long a, long b) {
        long high = Math.max(a, b);
        long low = Math.min(a, b);
        while (low != 0) {
            long rest = remainder(high, low);
            high = low;
            low = rest;
        }
        return high;
    }

    /** Writes a running count beside the step before. */
    void tag(char name, long count) {
        pending.append(',').append(name).append(count);
    }

    /** Lists the powers {@code p:1,p,p*p,...} up to an exponent, and how many there are; the greatest. */
    long powers(long prime, long exponent) {
        step().put(prime);
        pending.append(":1");
        long power = 1;
        for (long i = 0; i < exponent; i++) {
            pending.append(',');
            power = written(power * prime);
        }
        tag('n', exponent + 1);
        return power;
    }

    private Trace put(long a, char operator, long b) {
        pending.append(a).append(operator).append(b);
        return this;
    }

    private void put(long a) {
        pending.append(a);
    }

    private void put(String text) {
        pending.append(text);
    }

    private long result(long value) {
        pending.append('=');
        return written(value);
    }

    private long written(long value) {
        if (results++ != slipAt) {
            pending.append(value);
            return value;
        }
        return slip(Long.toString(value));
    }

    private long slip(String right) {
        int from = right.startsWith("-") ? 1 : 0;
        int at = random.nextInt(from, right.length());
        int least = at == from && right.length() - from > 1 ? 1 : 0;
        int digit = right.charAt(at) - '0';
        int shift = random.nextInt(4) == 0 ? 2 : 1;
        int wrong = random.nextBoolean() ? digit + shift : digit - shift;
        if (wrong < least || wrong > 9) {
            wrong = digit > 4 ? digit - 1 : digit + 1;
        }
        pending.append(right, 0, at);
        flush(true);
        pending.append(wrong);
        flush(false);
        pending.append(right, at + 1, right.length());
        return Long.parseLong(right.substring(0, at) + wrong + right.substring(at + 1));
    }

    private void flush(boolean learned) {
        if (!pending.isEmpty()) {
            segments.add(new Segment(pending.toString(), learned));
            pending.setLength(0);
        }
    }
}
