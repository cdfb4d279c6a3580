package dev.goldline.problemsets.micromath;

/** Ordered choices of k out of n; perhaps a given one must not come first. */
record Ordered(boolean restricted, long n, long k) implements Counting {
    static Ordered draw(Draw d, boolean restricted) {
        int n = d.from(d.at(4, 5, 6, 8, 9), d.at(15, 20, 24, 30, 40));
        return new Ordered(
                restricted, n, d.from(d.at(2, 2, 2, 2, 2), n <= 12 ? d.at(2, 3, 3, 4, 4) : d.at(2, 2, 3, 3, 3)));
    }

    @Override
    public boolean isWorthAsking() {
        return truth()[0] <= LARGEST;
    }

    @Override
    public String key() {
        return "counting:" + (restricted ? "not-first," : "ordered,") + n + "," + k;
    }

    @Override
    public String statement(int phrasing) {
        String condition = restricted ? " if Ann must not be first" : "";
        String of = restricted ? " people, Ann is one of them. " : " people. ";
        return switch (phrasing) {
            case 0 -> "There are " + n + of + "How many rows of " + k + " are there" + condition + "?";
            case 1 ->
                "How many rows of " + k + " can you form from " + n + " people"
                        + (restricted ? ", one of them Ann," : "") + condition + "?";
            case 2 ->
                "In how many ways can " + k + " of " + n + " people" + (restricted ? ", Ann among them," : "")
                        + " form a row" + condition + "?";
            default -> "From " + n + of + "Form a row of " + k + condition + ". In how many ways?";
        };
    }

    @Override
    public long[] truth() {
        long value = restricted ? n - 1 : n;
        for (long i = 1; i < k; i++) {
            value *= n - i;
        }
        return new long[] {value};
    }

    @Override
    public long[] brief(Trace t) {
        long value = restricted ? n - 1 : n;
        for (long i = 1; i < k; i++) {
            value = t.product(value, n - i);
        }
        return new long[] {value};
    }

    @Override
    public long[] solve(Trace t) {
        long value = restricted ? t.minus(n, 1) : n;
        for (long i = 1; i < k; i++) {
            value = t.times(value, n - i);
        }
        return new long[] {value};
    }

    /** Multiplies from the least factor up; with a restriction, takes the forbidden rows from all rows. */
    @Override
    public boolean check(Trace t, long[] found) {
        if (!restricted) {
            return t.agree(rising(t, n, k), found[0]);
        }
        long forbidden = rising(t, n - 1, k - 1);
        return t.agree(t.minus(t.times(forbidden, n), forbidden), found[0]);
    }

    /** The product of the k numbers up to n; of two as a square less the number, which is another way. */
    private static long rising(Trace t, long n, long k) {
        if (k == 1) {
            return n;
        }
        if (k == 2) {
            return t.minus(t.times(n, n), n);
        }
        long value = n - k + 1;
        for (long factor = value + 1; factor <= n; factor++) {
            value = t.times(value, factor);
        }
        return value;
    }
}
