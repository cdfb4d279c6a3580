package dev.goldline.judges.code.sandbox;

/** A program could not be started, confined or cleared away: a failure of the machinery, never of the program. */
public final class SandboxException extends Exception {
    private static final long serialVersionUID = 1;

    SandboxException(String message) {
        super(message);
    }

    SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
