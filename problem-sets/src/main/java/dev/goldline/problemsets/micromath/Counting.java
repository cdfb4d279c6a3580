package dev.goldline.problemsets.micromath;

/** In how many ways something can be chosen, ordered or walked. */
sealed interface Counting extends Exercise permits Choice, Ordered, Groups {
    long LARGEST = 99_999;

    static Counting draw(Draw d) {
        return switch (d.random().nextInt(8)) {
            case 0 -> Choice.drawCommittee(d);
            case 1 -> Choice.drawLattice(d);
            case 2 -> Ordered.draw(d, false);
            case 3 -> Ordered.draw(d, true);
            case 4, 5 -> Groups.draw(d, true);
            default -> Groups.draw(d, false);
        };
    }

    boolean isWorthAsking();

    @Override
    default Family family() {
        return Family.COUNTING;
    }

    @Override
    default String answer(long[] found) {
        return Long.toString(found[0]);
    }

    /** C(n,k) by plain arithmetic. */
    static long binomial(long n, long k) {
        long value = 1;
        for (long i = 1; i <= k; i++) {
            value = value * (n - k + i) / i;
        }
        return value;
    }

    /** C(n,k) as a product in one go, divided by k! in one go. */
    static long chooseBrief(Trace t, long n, long choice) {
        long k = Math.min(choice, n - choice);
        long top = n;
        long bottom = 1;
        for (long i = 2; i <= k; i++) {
            top = t.product(top, n - i + 1);
            bottom *= i;
        }
        return k == 1 ? n : t.share(top, bottom);
    }

    /** C(n,k) through C(n,1), C(n,2), ..., each from the one before. */
    static long choose(Trace t, long n, long choice) {
        long k = choice * 2 > n ? t.minus(n, choice) : choice;
        long value = n;
        for (long i = 2; i <= k; i++) {
            value = t.share(t.times(value, n - i + 1), i);
        }
        return value;
    }

    /** C(n,k) through C(n-k+1,1), C(n-k+2,2), ...; C(n,2) as half of n*n-n: the same value by other numbers. */
    static long chooseUpwards(Trace t, long n, long choice) {
        long k = choice * 2 > n ? t.minus(n, choice) : choice;
        if (k == 1) {
            return n;
        }
        if (k == 2) {
            return t.share(t.minus(t.times(n, n), n), 2);
        }
        long value = t.plus(t.minus(n, k), 1);
        for (long i = 2; i <= k; i++) {
            value = t.share(t.times(value, n - k + i), i);
        }
        return value;
    }
}
