package dev.goldline.problemsets.micromath;

/** C(n,k): a committee, or the lattice paths with k steps one way and n-k the other. */
record Choice(boolean lattice, long n, long k) implements Counting {
    static Choice drawCommittee(Draw d) {
        int n = d.from(d.at(5, 6, 8, 9, 10), d.at(14, 20, 24, 30, 40));
        int k = d.from(2, n <= 14 ? d.at(2, 3, 3, 4, 4) : d.at(2, 2, 3, 3, 3));
        boolean complement = d.level() > 2 && d.random().nextInt(4) == 0;
        return new Choice(false, n, complement ? n - k : k);
    }

    static Choice drawLattice(Draw d) {
        int most = d.at(3, 3, 4, 4, 4);
        int k = d.from(2, most);
        int other = d.from(2, k == 4 ? 10 : d.at(8, 12, 15, 20, 26));
        return d.random().nextBoolean() ? new Choice(true, k + other, k) : new Choice(true, k + other, other);
    }

    @Override
    public boolean isWorthAsking() {
        return k > 1 && n - k > 1 && Counting.binomial(n, k) <= LARGEST;
    }

    @Override
    public String key() {
        return lattice
                ? "counting:lattice," + Math.min(k, n - k) + "," + Math.max(k, n - k)
                : "counting:choose," + n + "," + k;
    }

    @Override
    public String statement(int phrasing) {
        long right = n - k;
        if (lattice) {
            return switch (phrasing) {
                case 0 -> "How many lattice paths have " + right + " steps right and " + k + " steps up?";
                case 1 -> "In how many ways can you order " + k + " steps up and " + right + " steps right?";
                case 2 -> "Find the number of lattice paths from (0,0) to (" + right + "," + k + ").";
                default -> "How many lattice paths lead " + k + " up and " + right + " right?";
            };
        }
        return switch (phrasing) {
            case 0 -> "In how many ways can you choose " + k + " of " + n + " people?";
            case 1 -> "From " + n + " people choose " + k + ". In how many ways?";
            case 2 -> "Find C(" + n + "," + k + ").";
            default -> "How many groups of " + k + " can you choose from " + n + " people?";
        };
    }

    @Override
    public long[] truth() {
        return new long[] {Counting.binomial(n, k)};
    }

    @Override
    public long[] brief(Trace t) {
        return new long[] {Counting.chooseBrief(t, total(t), Math.min(k, n - k))};
    }

    @Override
    public long[] solve(Trace t) {
        return new long[] {Counting.choose(t, total(t), lattice ? Math.min(k, n - k) : k)};
    }

    @Override
    public boolean check(Trace t, long[] found) {
        return t.agree(Counting.chooseUpwards(t, total(t), lattice ? Math.min(k, n - k) : k), found[0]);
    }

    /** For paths the number of steps is not in the statement. */
    private long total(Trace t) {
        return lattice ? t.plus(n - k, k) : n;
    }
}
