package dev.goldline.evaluator.console;

import org.jspecify.annotations.Nullable;

/**
 * A verb cannot go on. The message names the thing, the value and what is wrong with it; the hint says how to mend it.
 * Shown to the user as these two lines, never as a stack trace.
 */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String hint;

    private CommandException(int status, String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.hint = hint;
    }

    /** The command line or an input file is at fault; the hint may be empty. */
    public static CommandException usage(String message, String hint) {
        return new CommandException(ExitStatus.USAGE, message, hint, null);
    }

    /** It cannot be done on this machine or in its present state; the hint may be empty. */
    public static CommandException environment(String message, String hint) {
        return new CommandException(ExitStatus.ENVIRONMENT, message, hint, null);
    }

    /** The same failure with what caused it, for {@code --stacktrace}. */
    public CommandException causedBy(Throwable cause) {
        return new CommandException(status, String.valueOf(getMessage()), hint, cause);
    }

    /** One of {@link ExitStatus}. */
    public int status() {
        return status;
    }

    /** What to do about it; empty if the message says all. */
    public String hint() {
        return hint;
    }
}
