package dev.goldline.judges.notation;

/** A text is not in the grammar, or exceeds a limit. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;
    private final boolean tooLong;

    private UnreadableException(boolean tooLong, String reason) {
        super(reason, null, false, false);
        this.tooLong = tooLong;
    }

    static UnreadableException unread(String reason) {
        return new UnreadableException(false, reason);
    }

    static UnreadableException tooLong(String reason) {
        return new UnreadableException(true, reason);
    }

    /** Whether a limit was in the way, not the grammar. */
    public boolean isTooLong() {
        return tooLong;
    }

    /** What stood in the way. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
