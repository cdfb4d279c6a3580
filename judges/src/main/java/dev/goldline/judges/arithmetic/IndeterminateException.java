package dev.goldline.judges.arithmetic;

/** A value that does not exist (1/0), is not finite, or cannot be told from one that does not exist. */
public final class IndeterminateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public IndeterminateException(String what) {
        super(what, null, false, false);
    }
}
