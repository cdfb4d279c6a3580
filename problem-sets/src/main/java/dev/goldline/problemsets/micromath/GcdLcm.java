package dev.goldline.problemsets.micromath;

/** The greatest common divisor or least common multiple of a and b. */
record GcdLcm(boolean lcm, long a, long b) implements Exercise {
    static GcdLcm draw(Draw d) {
        boolean lcm = d.random().nextBoolean();
        int high = lcm ? d.at(20, 30, 48, 72, 99) : d.at(60, 120, 300, 600, 999);
        int low = lcm ? d.at(4, 6, 10, 16, 24) : d.at(8, 20, 50, 100, 200);
        int common = d.upTo(2, 6, 9, 15, 24, 40);
        int a = common * d.from(Math.ceilDiv(low, common), Math.max(Math.ceilDiv(low, common), high / common));
        int b = common * d.from(Math.ceilDiv(low, common), Math.max(Math.ceilDiv(low, common), high / common));
        return new GcdLcm(lcm, a, b);
    }

    boolean isWorthAsking() {
        return a != b && a <= 999 && b <= 999;
    }

    @Override
    public Family family() {
        return Family.GCD_LCM;
    }

    @Override
    public String key() {
        return (lcm ? "lcm:" : "gcd:") + Math.min(a, b) + "," + Math.max(a, b);
    }

    @Override
    public String statement(int phrasing) {
        String name = lcm ? "least common multiple" : "greatest common divisor";
        return switch (phrasing) {
            case 0 -> "What is the " + name + " of " + a + " and " + b + "?";
            case 1 -> "Find " + (lcm ? "lcm" : "gcd") + "(" + a + "," + b + ").";
            case 2 -> "Find the " + (lcm ? "lcm" : "gcd") + " of the numbers " + b + " and " + a + ".";
            default ->
                lcm
                        ? "What is the least number that is divisible by " + a + " and by " + b + "?"
                        : "What is the greatest number that divides " + a + " and " + b + "?";
        };
    }

    @Override
    public String answer(long[] found) {
        return Long.toString(found[0]);
    }

    @Override
    public long[] truth() {
        long g = a;
        for (long rest = b; rest != 0; ) {
            long next = g % rest;
            g = rest;
            rest = next;
        }
        return new long[] {lcm ? a / g * b : g};
    }

    @Override
    public long[] brief(Trace t) {
        long high = Math.max(a, b);
        long low = Math.min(a, b);
        long g = high;
        for (long rest = low; rest != 0; ) {
            long next = t.divide(g, rest)[1];
            g = rest;
            rest = next;
        }
        return new long[] {lcm ? t.product(high, t.share(low, g)) : g};
    }

    @Override
    public long[] solve(Trace t) {
        long g = t.gcd(a, b);
        return new long[] {lcm ? t.times(Math.max(a, b), t.quotient(Math.min(a, b), g)) : g};
    }

    /** A common divisor is greatest, and a common multiple least, if the two quotients have no common divisor. */
    @Override
    public boolean check(Trace t, long[] found) {
        long first = lcm ? t.quotient(found[0], a) : t.quotient(a, found[0]);
        long second = lcm ? t.quotient(found[0], b) : t.quotient(b, found[0]);
        return t.agree(t.gcd(first, second), 1);
    }
}
