package dev.goldline.reports.runlog;

import java.io.IOException;

/** A run folder that cannot be used as it is. The message names the file, the line, what is wrong and the mend. */
public final class RunLogException extends IOException {
    public RunLogException(String message) {
        super(message);
    }

    public RunLogException(String message, Throwable cause) {
        super(message, cause);
    }
}
