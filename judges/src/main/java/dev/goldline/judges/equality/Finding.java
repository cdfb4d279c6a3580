package dev.goldline.judges.equality;

/**
 * What a comparison found.
 *
 * @param method the rung of the ladder that decided, such as {@code exact}, {@code polynomial}, {@code numeric 150}
 * @param why the witness or reason, for a person; may be empty
 */
public record Finding(Equality equality, String method, String why) {
    /** Whether two things are equal. */
    public enum Equality {
        YES,
        NO,
        UNKNOWN
    }

    static Finding yes(String method, String why) {
        return new Finding(Equality.YES, method, why);
    }

    static Finding no(String method, String why) {
        return new Finding(Equality.NO, method, why);
    }

    static Finding unknown(String method, String why) {
        return new Finding(Equality.UNKNOWN, method, why);
    }

    public boolean isYes() {
        return equality == Equality.YES;
    }

    public boolean isNo() {
        return equality == Equality.NO;
    }

    /** The same, found by one more step. */
    Finding through(String step) {
        return new Finding(equality, step + ", " + method, why);
    }
}
