package dev.goldline.problemsets.micromath;

/** p/q plus or minus r/s, in lowest terms. */
record Fractions(boolean plus, long p, long q, long r, long s) implements Exercise {
    static Fractions draw(Draw d) {
        int high = d.at(7, 9, 12, 15, 18);
        int q = d.from(2, high);
        int s = d.from(2, high);
        boolean improper = d.level() < 3;
        return new Fractions(
                d.random().nextBoolean(),
                d.from(1, improper ? 2 * q : q - 1),
                q,
                d.from(1, improper ? 2 * s : s - 1),
                s);
    }

    boolean isWorthAsking() {
        return gcd(p, q) == 1 && gcd(r, s) == 1 && (plus || p * s != r * q);
    }

    @Override
    public Family family() {
        return Family.FRACTIONS;
    }

    @Override
    public String key() {
        String first = p + "/" + q;
        String second = r + "/" + s;
        boolean swap = plus && first.compareTo(second) > 0;
        return "fractions:" + (swap ? second : first) + (plus ? "+" : "-") + (swap ? first : second);
    }

    @Override
    public String statement(int phrasing) {
        String first = p + "/" + q;
        String second = r + "/" + s;
        return switch (phrasing) {
            case 0 -> "What is " + first + (plus ? "+" : "-") + second + " in lowest terms?";
            case 1 -> "Find " + first + (plus ? "+" : "-") + second + ". Give a fraction in lowest terms.";
            case 2 -> plus ? "Add " + second + " and " + first + "." : "Take " + second + " from " + first + ".";
            default -> "Find the " + (plus ? "sum" : "difference") + " of " + first + " and " + second + ".";
        };
    }

    @Override
    public String answer(long[] found) {
        return found[1] == 1 ? Long.toString(found[0]) : found[0] + "/" + found[1];
    }

    @Override
    public long[] truth() {
        long top = plus ? p * s + r * q : p * s - r * q;
        long g = gcd(Math.abs(top), q * s);
        return new long[] {top / g, q * s / g};
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    public long[] brief(Trace t) {
        long left = t.product(p, s);
        long right = t.product(r, q);
        long top = plus ? t.plus(left, right) : t.minus(left, right);
        long bottom = t.product(q, s);
        long g = gcd(Math.abs(top), bottom);
        return new long[] {t.share(top, g), t.share(bottom, g)};
    }

    @Override
    public long[] solve(Trace t) {
        long left = t.times(p, s);
        long right = t.times(r, q);
        long top = plus ? t.plus(left, right) : t.minus(left, right);
        long bottom = t.times(q, s);
        long g = t.gcd(Math.abs(top), bottom);
        return new long[] {t.quotient(top, g), t.quotient(bottom, g)};
    }

    /** Goes by the least common denominator and widens the answer to it. */
    @Override
    public boolean check(Trace t, long[] found) {
        long g = t.gcd(q, s);
        long widenFirst = t.quotient(s, g);
        long widenSecond = t.quotient(q, g);
        long left = t.times(p, widenFirst);
        long right = t.times(r, widenSecond);
        long top = plus ? t.plus(left, right) : t.minus(left, right);
        long bottom = t.times(q, widenFirst);
        return t.agree(t.times(found[0], t.quotient(bottom, found[1])), top);
    }
}
