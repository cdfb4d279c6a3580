package dev.goldline.evaluator.command;

import dev.goldline.evaluator.console.ExitStatus;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Remembers why printing failed, which writers for printing swallow: figures lost to a full disk are no success. */
final class PrintedBytes extends FilterOutputStream {
    private @Nullable IOException failure;

    PrintedBytes(OutputStream output) {
        super(output);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * The status of a command that printed here. A reader that has seen enough, such as {@code head}, is no failure.
     *
     * @param status what it would be had all been printed
     */
    int statusAfter(int status, PrintWriter err) {
        if (failure == null || String.valueOf(failure.getMessage()).contains("Broken pipe")) {
            return status;
        }
        err.println("goldline: could not print: " + failure.getMessage());
        err.flush();
        return status == ExitStatus.GOOD ? ExitStatus.ENVIRONMENT : status;
    }
}
