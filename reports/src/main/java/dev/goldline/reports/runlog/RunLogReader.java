package dev.goldline.reports.runlog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a run log, one attempt after another in the order they finished; memory holds one attempt. Checksums are
 * verified. Of an attempt that was unscored and made again only the last line is given. A log may be read while it is
 * being written: the reader sees what was there when it came to the end.
 */
public final class RunLogReader implements AutoCloseable {
    private final Path attempts;
    private final RunSnapshot snapshot;
    /** Line numbers of unscored attempts that a later line replaces. */
    private final BitSet superseded;

    /** Lines there were when the log was opened; what is written meanwhile is left alone. */
    private final int lineCount;

    private final long tornBytes;
    private final LineScanner lines;

    private final boolean everyLine;

    private RunLogReader(Path attempts, RunSnapshot snapshot, boolean everyLine) throws IOException {
        this.attempts = attempts;
        this.everyLine = everyLine;
        this.snapshot = snapshot;
        this.superseded = new BitSet();
        try (LineScanner heads = new LineScanner(attempts)) {
            this.lineCount = findSuperseded(heads, superseded);
            this.tornBytes = heads.tornBytes();
        }
        this.lines = new LineScanner(attempts);
    }

    /**
     * Opens the run in a folder.
     *
     * @throws RunLogException if there is no run, it is of a newer schema, or a line before the last is damaged
     */
    public static RunLogReader open(Path folder) throws IOException {
        return new RunLogReader(folder.resolve(RunFolder.ATTEMPTS_FILE), RunFolder.readSnapshot(folder), false);
    }

    /** Opens the run in a folder to read every line of it, attempts that were made again included. */
    public static RunLogReader openEveryLine(Path folder) throws IOException {
        return new RunLogReader(folder.resolve(RunFolder.ATTEMPTS_FILE), RunFolder.readSnapshot(folder), true);
    }

    /** A first pass over keys and verdicts alone, so that the second need not look ahead. Returns the lines seen. */
    private static int findSuperseded(LineScanner lines, BitSet superseded) throws IOException {
        int seen = 0;
        Map<AttemptKey, Integer> unscored = new HashMap<>();
        while (lines.next()) {
            seen++;
            LineCodec.Head head = lines.head();
            Integer earlier = head.outcome() == Outcome.UNSCORED
                    ? unscored.put(head.key(), lines.lineNumber())
                    : unscored.remove(head.key());
            if (earlier != null) {
                superseded.set(earlier);
            }
        }
        return seen;
    }

    public RunSnapshot snapshot() {
        return snapshot;
    }

    /**
     * The next attempt; empty at the end.
     *
     * @throws RunLogException if a line cannot be read; the message names file and line
     */
    public Optional<AttemptRecord> next() throws IOException {
        while (lines.lineNumber() < lineCount && lines.next()) {
            if (everyLine || !superseded.get(lines.lineNumber())) {
                return Optional.of(lines.attempt());
            }
        }
        return Optional.empty();
    }

    /** The line, from 1, of the attempt last given. */
    public int lineNumber() {
        return lines.lineNumber();
    }

    /** Whether the attempt last given was unscored and made again on a later line. */
    public boolean isSuperseded() {
        return superseded.get(lines.lineNumber());
    }

    /** Length of a torn last line that is left out; 0 if there is none. */
    public long tornBytes() {
        return tornBytes;
    }

    /** Attempts that were unscored and made again; {@link #next} gives them only from {@link
     * #openEveryLine}. */
    public int supersededAttempts() {
        return superseded.cardinality();
    }

    /** For messages: the file read. */
    @Override
    public String toString() {
        return attempts.toString();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
