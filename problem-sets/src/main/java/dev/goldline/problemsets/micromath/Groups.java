package dev.goldline.problemsets.micromath;

/**
 * Groups out of men and women: either exactly j of the m men and k of the w women, or k people with at least one woman
 * (then j is 0).
 */
record Groups(boolean atLeastOne, long m, long j, long w, long k) implements Counting {
    static Groups draw(Draw d, boolean atLeastOne) {
        int low = d.at(3, 4, 4, 5, 5);
        int high = d.at(9, 11, 14, 17, 20);
        int k = d.from(d.at(1, 1, 1, 1, 1), d.at(2, 2, 2, 3, 3));
        if (atLeastOne) {
            int size = d.from(2, d.at(2, 2, 3, 3, 3));
            return new Groups(true, d.from(low, high), 0, d.from(Math.min(low, size + 1), high), size);
        }
        return new Groups(false, d.from(low, high), d.from(k == 1 ? 2 : 1, d.at(2, 2, 2, 2, 3)), d.from(low, high), k);
    }

    @Override
    public boolean isWorthAsking() {
        if (atLeastOne) {
            return m > k && w > k;
        }
        long men = Counting.binomial(m, j);
        long women = Counting.binomial(w, k);
        return j + k <= 5 && m > j && w > k && Math.min(men, women) < 100 && men * women <= LARGEST;
    }

    @Override
    public String key() {
        return atLeastOne
                ? "counting:at-least-one," + m + "," + w + "," + k
                : "counting:groups," + m + "," + j + "," + w + "," + k;
    }

    @Override
    public String statement(int phrasing) {
        if (atLeastOne) {
            return switch (phrasing) {
                case 0 ->
                    "From " + m + " men and " + w + " women choose " + k
                            + " people, at least 1 woman. In how many ways?";
                case 1 ->
                    "How many groups of " + k + " people with at least 1 woman can you choose from " + w + " women and "
                            + m + " men?";
                case 2 ->
                    "In how many ways can you choose " + k + " of " + m + " men and " + w
                            + " women with at least 1 woman?";
                default ->
                    "There are " + w + " women and " + m + " men. How many groups of " + k + " have at least 1 woman?";
            };
        }
        return switch (phrasing) {
            case 0 ->
                "From " + m + " men choose " + j + " and from " + w + " women choose " + k + ". In how many ways?";
            case 1 ->
                "How many groups of " + j + " men and " + k + " women can you choose from " + m + " men and " + w
                        + " women?";
            case 2 -> "In how many ways can you choose " + k + " of " + w + " women and " + j + " of " + m + " men?";
            default ->
                "There are " + m + " men and " + w + " women. How many groups have " + j + " men and " + k + " women?";
        };
    }

    @Override
    public long[] truth() {
        return new long[] {
            atLeastOne
                    ? Counting.binomial(m + w, k) - Counting.binomial(m, k)
                    : Counting.binomial(m, j) * Counting.binomial(w, k)
        };
    }

    @Override
    public long[] brief(Trace t) {
        if (atLeastOne) {
            long all = Counting.chooseBrief(t, t.plus(m, w), k);
            return new long[] {t.minus(all, Counting.chooseBrief(t, m, k))};
        }
        long men = Counting.chooseBrief(t, m, j);
        return new long[] {t.product(men, Counting.chooseBrief(t, w, k))};
    }

    @Override
    public long[] solve(Trace t) {
        if (atLeastOne) {
            long all = Counting.choose(t, t.plus(m, w), k);
            return new long[] {t.minus(all, Counting.choose(t, m, k))};
        }
        long men = Counting.choose(t, m, j);
        return new long[] {t.times(men, Counting.choose(t, w, k))};
    }

    /** By the number of women, or by the other way to each binomial. */
    @Override
    public boolean check(Trace t, long[] found) {
        if (!atLeastOne) {
            long women = Counting.chooseUpwards(t, w, k);
            return t.agree(t.times(women, Counting.chooseUpwards(t, m, j)), found[0]);
        }
        long one = t.times(w, Counting.choose(t, m, k - 1));
        long two = Counting.choose(t, w, 2);
        if (k == 2) {
            return t.agree(t.plus(one, two), found[0]);
        }
        long sum = t.plus(one, t.times(two, m));
        return t.agree(t.plus(sum, Counting.choose(t, w, 3)), found[0]);
    }
}
