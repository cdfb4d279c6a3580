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

    /** Part of what is left, as a budget of its own: what it spends is not spent here. */
    public Budget share(long operations) {
        return new Budget(Math.min(Math.max(left, 0), operations));
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
