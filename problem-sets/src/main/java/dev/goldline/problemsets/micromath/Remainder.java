package dev.goldline.problemsets.micromath;

/** The remainder of a*b+c divided by m. */
record Remainder(long a, long b, long c, long m) implements Exercise {
    static Remainder draw(Draw d) {
        int m = d.from(d.at(3, 3, 6, 11, 13), d.at(9, 12, 20, 50, 99));
        int a = d.from(d.at(4, 13, 21, 51, 100), d.at(14, 40, 99, 99, 999));
        int b = d.from(d.at(2, 3, 4, 10, 11), d.at(9, 12, 29, 99, 99));
        return new Remainder(a, b, d.from(1, d.at(9, 19, 49, 99, 99)), m);
    }

    @Override
    public Family family() {
        return Family.REMAINDER;
    }

    @Override
    public String key() {
        return "remainder:" + Math.min(a, b) + "*" + Math.max(a, b) + "+" + c + "%" + m;
    }

    @Override
    public String statement(int phrasing) {
        return switch (phrasing) {
            case 0 -> "What is the remainder when " + a + "*" + b + "+" + c + " is divided by " + m + "?";
            case 1 -> "Divide by " + m + " the number " + a + "*" + b + "+" + c + ". What is the remainder?";
            case 2 -> "Find (" + a + "*" + b + "+" + c + ") mod " + m + ".";
            default -> "Add " + c + " to the product of " + a + " and " + b + ". Find the remainder mod " + m + ".";
        };
    }

    @Override
    public String answer(long[] found) {
        return Long.toString(found[0]);
    }

    @Override
    public long[] truth() {
        return new long[] {(a * b + c) % m};
    }

    @Override
    public long[] brief(Trace t) {
        long product = t.product(t.divide(a, m)[1], t.divide(b, m)[1]);
        return new long[] {t.divide(t.plus(product, c), m)[1]};
    }

    @Override
    public long[] solve(Trace t) {
        return new long[] {t.remainder(t.plus(t.times(a, b), c), m)};
    }

    /** Reduces before it multiplies, and again before it adds. */
    @Override
    public boolean check(Trace t, long[] found) {
        long right = t.remainder(b, m);
        long left = t.remainder(a, m);
        long product = t.remainder(t.times(right, left), m);
        return t.agree(t.remainder(t.plus(product, c), m), found[0]);
    }
}
