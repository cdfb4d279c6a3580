package dev.goldline.reports.runlog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Goes through the lines of {@code attempts.jsonl} and checks each one. Memory holds one line.
 *
 * <p>A last line whose frame is damaged is torn: the process died while writing it, and nobody was told that it was
 * done. It is left out. Anywhere else damage is an error.
 */
final class LineScanner implements AutoCloseable {
    private final Path file;
    /** What a line is, for messages. */
    private final String what;

    private final InputStream input;
    private byte[] buffer = new byte[1 << 16];
    /** The unread part of the buffer. */
    private int start;

    private int end;
    private boolean inputEnded;

    /** The line last found. */
    private int lineStart;

    private int lineLength;
    private boolean lineEnded;
    private int lineNumber;
    /** Length of the file up to and with the last good line. */
    private long goodBytes;

    private long tornBytes;

    /** Opens the file; a file that does not exist yet has no lines. */
    LineScanner(Path file) throws IOException {
        this(file, "attempt");
    }

    /**
     * Opens a file of lines of another kind.
     *
     * @param what a line is, for messages
     */
    LineScanner(Path file, String what) throws IOException {
        this.file = file;
        this.what = what;
        this.input = Files.exists(file) ? Files.newInputStream(file) : InputStream.nullInputStream();
    }

    /**
     * Goes to the next good line.
     *
     * @return false at the end
     * @throws RunLogException if a line before the last is damaged
     */
    boolean next() throws IOException {
        if (!findLine()) {
            return false;
        }
        lineNumber++;
        Optional<String> damage = LineCodec.damage(buffer, lineStart, lineLength);
        if (damage.isPresent()) {
            int damagedLength = lineLength + (lineEnded ? 1 : 0);
            int damagedLine = lineNumber;
            if (findLine()) {
                throw new RunLogException(file + " line " + damagedLine + " is damaged: " + damage.get()
                        + ". Put the file back from a copy, or delete this line: a resumed run then makes that"
                        + " attempt again");
            }
            tornBytes = damagedLength;
            return false;
        }
        goodBytes += lineLength + (lineEnded ? 1 : 0);
        return true;
    }

    /** From 1, of the line last found. */
    int lineNumber() {
        return lineNumber;
    }

    /** Whether the line last found has its line feed. Only the last line of a file can lack it. */
    boolean lineEnded() {
        return lineEnded;
    }

    long goodBytes() {
        return goodBytes;
    }

    /** Length of the torn last line; 0 if there is none, or the end was not reached yet. */
    long tornBytes() {
        return tornBytes;
    }

    AttemptRecord attempt() throws RunLogException {
        try {
            return LineCodec.decode(buffer, lineStart, lineLength);
        } catch (JacksonException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    LineCodec.Head head() throws RunLogException {
        try {
            return LineCodec.decodeHead(buffer, lineStart, lineLength);
        } catch (JacksonException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    /** The line as it is, for files of another kind. */
    JsonNode tree() throws RunLogException {
        try {
            return LineCodec.tree(buffer, lineStart, lineLength);
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private RunLogException unreadable(RuntimeException cause) {
        String why = cause instanceof JacksonException parse ? parse.getOriginalMessage() : cause.getMessage();
        return new RunLogException(
                file + " line " + lineNumber + " is no " + what + " of schema version " + RunSnapshot.SCHEMA_VERSION
                        + ": " + why + ". It was not written by this version of goldline",
                cause);
    }

    /** Finds the next line without looking into it. */
    private boolean findLine() throws IOException {
        int from = start;
        while (true) {
            for (int i = from; i < end; i++) {
                if (buffer[i] == '\n') {
                    line(i - start, true);
                    return true;
                }
            }
            from = end - start;
            if (inputEnded) {
                boolean rest = end > start;
                line(end - start, false);
                return rest;
            }
            fill();
            from += start;
        }
    }

    private void line(int length, boolean ended) {
        lineStart = start;
        lineLength = length;
        lineEnded = ended;
        start += length + (ended ? 1 : 0);
    }

    private void fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            if (end >= LineCodec.MAX_LINE_BYTES) {
                throw new RunLogException(file + " line " + (lineNumber + 1) + " is longer than "
                        + LineCodec.MAX_LINE_BYTES + " bytes: this is no run log of goldline");
            }
            buffer = Arrays.copyOf(buffer, Math.min(LineCodec.MAX_LINE_BYTES, buffer.length * 2));
        }
        int read = input.read(buffer, end, buffer.length - end);
        if (read < 0) {
            inputEnded = true;
        } else {
            end += read;
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
