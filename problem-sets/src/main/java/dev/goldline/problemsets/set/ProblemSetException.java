package dev.goldline.problemsets.set;

/** A problem set that cannot be read. The message names the file, the line and what to do. */
public final class ProblemSetException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    ProblemSetException(String file, String message) {
        super(file + ": " + message);
    }

    ProblemSetException(String file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }
}
