package dev.goldline.problemsets.micromath;

/** a*x+b*y=e and c*x+d*y=f, with integer x and y. */
record LinearSystem(long a, long b, long e, long c, long d, long f) implements Exercise {
    static LinearSystem draw(Draw draw) {
        int size = draw.at(4, 6, 7, 8, 9);
        int spread = draw.at(5, 7, 9, 12, 15);
        long a = draw.from(1, size);
        long b = draw.level() == 1 ? draw.from(1, size) : draw.signed(size);
        long c = draw.level() < 3 ? draw.from(1, size) : draw.signed(size);
        long d = draw.signed(size);
        long x = draw.level() == 1 ? draw.from(1, spread) : draw.signed(spread);
        long y = draw.level() == 1 ? draw.from(1, spread) : draw.signed(spread);
        return new LinearSystem(a, b, a * x + b * y, c, d, c * x + d * y);
    }

    boolean isWorthAsking() {
        return a * d != b * c;
    }

    @Override
    public Family family() {
        return Family.LINEAR_SYSTEM;
    }

    @Override
    public String key() {
        String first = a + "," + b + "," + e;
        String second = c + "," + d + "," + f;
        return "linear-system:" + (first.compareTo(second) < 0 ? first + ";" + second : second + ";" + first);
    }

    @Override
    public String statement(int phrasing) {
        String first = equation(a, b, e);
        String second = equation(c, d, f);
        return switch (phrasing) {
            case 0 -> "Solve " + first + " and " + second + ". Give (x,y).";
            case 1 -> "Find (x,y) with " + first + " and " + second + ".";
            case 2 -> "What is (x,y) if " + first + " and " + second + "?";
            default -> "Given " + first + " and " + second + ", find the pair (x,y).";
        };
    }

    private static String equation(long left, long right, long value) {
        return term(left) + "x" + (right < 0 ? "" : "+") + term(right) + "y=" + value;
    }

    private static String term(long factor) {
        return factor == 1 ? "" : factor == -1 ? "-" : Long.toString(factor);
    }

    @Override
    public String answer(long[] found) {
        return "(" + found[0] + "," + found[1] + ")";
    }

    @Override
    public long[] truth() {
        long determinant = a * d - b * c;
        return new long[] {(e * d - b * f) / determinant, (a * f - c * e) / determinant};
    }

    @Override
    public long[] brief(Trace t) {
        long determinant = t.determinant(a, d, c, b);
        long y = t.share(t.minus(t.product(a, f), t.product(c, e)), determinant);
        long x = t.share(t.less(e, b, y), a);
        return new long[] {x, y};
    }

    @Override
    public long[] solve(Trace t) {
        long determinant = t.minus(t.times(a, d), t.times(c, b));
        long y = t.quotient(t.minus(t.times(a, f), t.times(c, e)), determinant);
        long x = t.quotient(t.minus(e, t.times(b, y)), a);
        return new long[] {x, y};
    }

    /** Puts the pair into both equations. */
    @Override
    public boolean check(Trace t, long[] found) {
        return t.agree(t.plus(t.times(a, found[0]), t.times(b, found[1])), e)
                && t.agree(t.plus(t.times(c, found[0]), t.times(d, found[1])), f);
    }
}
