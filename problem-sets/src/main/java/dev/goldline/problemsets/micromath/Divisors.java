package dev.goldline.problemsets.micromath;

import java.util.ArrayList;
import java.util.List;

/**
 * The divisors of n, which is a product of 2, 3, 5, 7 and at most one prime below 121, so that trial division by these
 * four proves what is left to be prime.
 */
record Divisors(Kind kind, long n) implements Exercise {
    enum Kind {
        COUNT("number of divisors"),
        ODD("number of odd divisors"),
        SUM("sum of all divisors");

        private final String wanted;

        Kind(String wanted) {
            this.wanted = wanted;
        }
    }

    private static final long[] PRIMES = {2, 3, 5, 7};
    private static final int REST_BELOW = 121;

    /** A prime and how often it divides. */
    private record Power(long prime, long exponent) {}

    static Divisors draw(Draw d) {
        Kind kind = d.level() == 1 || d.random().nextInt(3) > 0
                ? (d.level() == 1 && d.random().nextInt(3) == 0 ? Kind.SUM : Kind.COUNT)
                : (d.level() == 2 && d.random().nextBoolean() ? Kind.SUM : Kind.ODD);
        int n = d.from(d.at(8, 60, 200, 600, 1400), d.at(120, 240, 700, 1600, 3000));
        return new Divisors(kind, n);
    }

    boolean isWorthAsking() {
        long rest = n;
        for (long prime : PRIMES) {
            while (rest % prime == 0) {
                rest /= prime;
            }
        }
        return rest < REST_BELOW && (kind != Kind.ODD || n % 2 == 0);
    }

    @Override
    public Family family() {
        return Family.DIVISORS;
    }

    @Override
    public String key() {
        return "divisors:" + kind + "," + n;
    }

    @Override
    public String statement(int phrasing) {
        return switch (phrasing) {
            case 0 -> "What is the " + kind.wanted + " of " + n + "?";
            case 1 -> "Find the " + kind.wanted + " of the number " + n + ".";
            case 2 -> "Given n=" + n + ", find the " + kind.wanted + " of n.";
            default ->
                switch (kind) {
                    case COUNT -> "How many numbers divide " + n + "?";
                    case ODD -> "How many odd numbers divide " + n + "?";
                    case SUM -> "Find the sum of all numbers that divide " + n + ".";
                };
        };
    }

    @Override
    public String answer(long[] found) {
        return Long.toString(found[0]);
    }

    @Override
    public long[] truth() {
        long total = 0;
        for (long divisor = 1; divisor <= n; divisor++) {
            if (n % divisor == 0 && (kind != Kind.ODD || divisor % 2 == 1)) {
                total += kind == Kind.SUM ? divisor : 1;
            }
        }
        return new long[] {total};
    }

    /** Divides without naming the failures. */
    @Override
    public long[] brief(Trace t) {
        long rest = n;
        long[] found = new long[PRIMES.length + 2];
        for (int i = 0; i < PRIMES.length; i++) {
            while (rest % PRIMES[i] == 0) {
                rest = t.share(rest, PRIMES[i]);
                found[i + 1]++;
            }
        }
        found[PRIMES.length + 1] = rest;
        long total = 1;
        for (Power power : wanted(found)) {
            long factor = power.exponent + 1;
            if (kind == Kind.SUM) {
                factor = 0;
                for (long i = 0, value = 1; i <= power.exponent; i++, value *= power.prime) {
                    factor += value;
                }
            }
            total = t.product(total, factor);
        }
        found[0] = total;
        return found;
    }

    @Override
    public long[] solve(Trace t) {
        long[] found = new long[PRIMES.length + 2];
        long rest = n;
        for (int i = 0; i < PRIMES.length && rest > 1; i++) {
            long[] parts = t.divide(rest, PRIMES[i]);
            while (parts[1] == 0) {
                found[i + 1]++;
                t.tag('e', found[i + 1]);
                rest = parts[0];
                if (rest <= 1) {
                    break;
                }
                parts = t.divide(rest, PRIMES[i]);
            }
        }
        if (rest > 1) {
            t.divide(rest, rest);
            t.tag('e', 1);
        }
        found[PRIMES.length + 1] = rest;
        List<Long> factors = new ArrayList<>();
        for (Power power : wanted(found)) {
            factors.add(kind == Kind.SUM ? sumOfPowers(t, power) : t.plus(power.exponent, 1));
        }
        found[0] = multiply(t, factors);
        return found;
    }

    private static long sumOfPowers(Trace t, Power power) {
        long sum = t.plus(1, power.prime);
        long value = power.prime;
        for (long i = 2; i <= power.exponent; i++) {
            value = t.times(value, power.prime);
            sum = t.plus(sum, value);
        }
        return sum;
    }

    private static long multiply(Trace t, List<Long> factors) {
        long product = factors.isEmpty() ? 1 : factors.getFirst();
        for (int i = 1; i < factors.size(); i++) {
            product = t.times(product, factors.get(i));
        }
        return product;
    }

    private static List<Power> powers(long[] found) {
        List<Power> powers = new ArrayList<>();
        for (int i = 0; i < PRIMES.length; i++) {
            if (found[i + 1] > 0) {
                powers.add(new Power(PRIMES[i], found[i + 1]));
            }
        }
        long rest = found[PRIMES.length + 1];
        if (rest > 1) {
            powers.add(new Power(rest, 1));
        }
        return powers;
    }

    private List<Power> wanted(long[] found) {
        List<Power> powers = powers(found);
        if (kind == Kind.ODD) {
            powers.removeIf(power -> power.prime == 2);
        }
        return powers;
    }

    /**
     * Lists the powers of each prime, multiplies the greatest ones back to n, and counts the lists, or sums them by the
     * geometric formula.
     */
    @Override
    public boolean check(Trace t, long[] found) {
        List<Long> greatest = new ArrayList<>();
        for (Power power : powers(found)) {
            greatest.add(t.powers(power.prime, power.exponent));
        }
        if (!t.agree(multiply(t, greatest), n)) {
            return false;
        }
        List<Long> factors = new ArrayList<>();
        for (Power power : wanted(found).reversed()) {
            factors.add(kind == Kind.SUM ? geometric(t, power) : power.exponent + 1);
        }
        return t.agree(multiply(t, factors), found[0]);
    }

    private static long geometric(Trace t, Power power) {
        if (power.exponent == 1) {
            return t.plus(power.prime, 1);
        }
        long next = 1;
        for (long i = 0; i < power.exponent; i++) {
            next *= power.prime;
        }
        return t.quotient(t.minus(t.times(next, power.prime), 1), t.minus(power.prime, 1));
    }
}
