package dev.goldline.problemsets.micromath;

/**
 * The n-th term, or the sum of n terms, of the arithmetic series with first term a and difference d. Where the statement
 * lists the first terms instead, the solution works the difference out.
 */
record Series(boolean sum, boolean listed, long a, long d, long n) implements Exercise {
    private static final int ONE_LISTED_IN = 4;

    static Series draw(Draw draw) {
        boolean sum = draw.random().nextBoolean();
        boolean listed = draw.random().nextInt(ONE_LISTED_IN) == 0;
        if (sum) {
            return new Series(
                    true,
                    listed,
                    draw.upTo(1, 10, 20, 40, 60, 99),
                    draw.from(draw.at(1, 2, 2, 2, 3), draw.at(5, 7, 9, 12, 14)),
                    draw.from(draw.at(4, 5, 8, 10, 12), draw.at(8, 12, 18, 24, 30)));
        }
        return new Series(
                false,
                listed,
                draw.upTo(1, 20, 50, 99, 300, 999),
                draw.from(draw.at(2, 2, 3, 5, 11), draw.at(9, 12, 25, 50, 99)),
                draw.from(draw.at(5, 8, 10, 15, 20), draw.at(12, 20, 40, 70, 99)));
    }

    @Override
    public Family family() {
        return Family.SERIES;
    }

    @Override
    public String key() {
        return "series:" + (sum ? "sum," : "term,") + a + "," + d + "," + n;
    }

    @Override
    public String statement(int phrasing) {
        String wanted = sum ? "the sum of the first " + n + " terms" : "term number " + n;
        if (listed) {
            String terms = a + ", " + (a + d) + ", " + (a + 2 * d) + ", ...";
            return switch (phrasing) {
                case 0 -> "Find " + wanted + " of the series " + terms;
                case 1 -> "The series " + terms + " is arithmetic. Find " + wanted + ".";
                default -> "What is " + wanted + " of the series " + terms + "?";
            };
        }
        return switch (phrasing) {
            case 0 -> "An arithmetic series has first term " + a + " and difference " + d + ". Find " + wanted + ".";
            case 1 ->
                "Find " + wanted + " of the arithmetic series with difference " + d + " and first term " + a + ".";
            case 2 -> "What is " + wanted + " of the series with first term " + a + " and difference " + d + "?";
            default ->
                "A series starts with " + a + " and each term is " + d + " more than the term before. What is " + wanted
                        + "?";
        };
    }

    @Override
    public String answer(long[] found) {
        return Long.toString(found[0]);
    }

    @Override
    public long[] truth() {
        return new long[] {sum ? n * (2 * a + (n - 1) * d) / 2 : a + (n - 1) * d};
    }

    private long difference(Trace t) {
        return listed ? t.minus(a + d, a) : d;
    }

    @Override
    public long[] brief(Trace t) {
        long last = t.plus(t.product(n - 1, difference(t)), a);
        return new long[] {sum ? t.share(t.product(t.plus(a, last), n), 2) : last};
    }

    @Override
    public long[] solve(Trace t) {
        long step = difference(t);
        long last = t.plus(t.times(t.minus(n, 1), step), a);
        return new long[] {sum ? t.quotient(t.times(t.plus(a, last), n), 2) : last};
    }

    /** The sum as n first terms and a triangle of differences; the place of a term from its value. */
    @Override
    public boolean check(Trace t, long[] found) {
        long step = listed ? t.minus(a + 2 * d, a + d) : d;
        if (!sum) {
            return t.agree(t.plus(t.quotient(t.minus(found[0], a), step), 1), n);
        }
        long flat = t.times(n, a);
        long triangle = t.quotient(t.times(n, t.minus(n, 1)), 2);
        return t.agree(t.plus(flat, t.times(triangle, step)), found[0]);
    }
}
