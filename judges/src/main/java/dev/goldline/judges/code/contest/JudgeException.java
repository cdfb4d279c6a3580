package dev.goldline.judges.code.contest;

/** A package that cannot be judged: its validators or the machine are at fault, no submission. */
public final class JudgeException extends Exception {
    private static final long serialVersionUID = 1;

    JudgeException(String message) {
        super(message);
    }
}
