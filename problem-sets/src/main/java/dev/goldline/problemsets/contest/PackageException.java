package dev.goldline.problemsets.contest;

import java.nio.file.Path;

/** A problem package that cannot be used. The message names the file, the line if there is one, and what to do. */
public final class PackageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    PackageException(Path file, String message) {
        super(file + ": " + message);
    }

    PackageException(Path file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }
}
