package dev.goldline.judges.arithmetic;

import java.math.BigInteger;

/**
 * What one comparison may cost: a number of operations, each weighed by the words it touches, and a size for any one
 * number. Belongs to one thread.
 */
public final class Budget {
    /** No integer may be longer: 5000! has 54 thousand bits. */
    public static final int MOST_BITS = 1 << 16;

    private long left;
    private long granted;

    public Budget(long operations) {
        left = operations;
    }

    /**
     * Takes operations from the budget.
     *
     * @throws BudgetExceededException if there are not so many left
     */
    public void spend(long operations) {
        left -= operations;
        if (left < 0) {
            throw new BudgetExceededException("operations");
        }
    }

    /** Part of what is left, as a budget of its own; {@link #settle} takes what it spent. */
    public Budget share(long operations) {
        Budget share = new Budget(Math.min(Math.max(left, 0), operations));
        share.granted = share.left;
        return share;
    }

    /**
     * Takes what a share of this budget has spent.
     *
     * @throws BudgetExceededException if there is not so much left
     */
    public void settle(Budget share) {
        spend(share.granted - Math.max(0, share.left));
    }

    /**
     * The same integer, if it is not too long.
     *
     * @throws BudgetExceededException if it is
     */
    public BigInteger checked(BigInteger value) {
        checkBits(value.bitLength());
        return value;
    }

    /** @throws BudgetExceededException if an integer may not have so many bits */
    public void checkBits(double bits) {
        if (!(bits <= MOST_BITS)) {
            throw new BudgetExceededException("bits");
        }
    }
}
