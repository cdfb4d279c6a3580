package dev.goldline.judges.arithmetic;

/** More work than was allowed. The message says which allowance was used up. */
public final class BudgetExceededException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BudgetExceededException(String allowance) {
        super(allowance, null, false, false);
    }

    /** Which allowance was used up. */
    public String allowance() {
        return String.valueOf(getMessage());
    }
}
