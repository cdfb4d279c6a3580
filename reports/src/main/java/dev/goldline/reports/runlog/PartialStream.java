package dev.goldline.reports.runlog;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One stream in flight, kept on disk as it comes. The thread that reads the stream adds to it; any thread may flush it.
 */
public final class PartialStream {
    /** Text that is written at once, in UTF-16 units. */
    private static final int FLUSH_AT = 2048;

    private final Path file;
    private final Start start;
    /** Guarded by this, as is all below. */
    private TokenText.Builder reasoning = TokenText.builder();

    private TokenText.Builder content = TokenText.builder();
    private Optional<ThoughtClosed> thoughtClosed = Optional.empty();
    private int reasoningFrom;
    private int contentFrom;
    private int lastOffset;
    private int unwritten;
    private boolean started;
    private boolean ended;
    /** What was unwritten at the last tick. */
    private boolean waiting;

    /** Whether there may be a file of an earlier try. */
    private final boolean takesOver;

    PartialStream(Path file, AttemptKey key, long seed, List<LostWork> lost) {
        this.file = file;
        this.takesOver = !lost.isEmpty();
        this.start = new Start(key, seed, lost);
    }

    /** The line that a stream begins with; whatever stands before it is of an earlier try. */
    record Start(AttemptKey key, long seed, List<LostWork> lost) {}

    /**
     * More of a stream.
     *
     * @param reasoningFrom output tokens from which the pieces of {@code reasoning} count
     * @param contentFrom likewise
     */
    record Piece(
            TokenText reasoning,
            int reasoningFrom,
            TokenText content,
            int contentFrom,
            Optional<ThoughtClosed> thoughtClosed) {}

    /** More of the thought; as in {@link TokenText.Builder#append}. */
    public synchronized void reasoning(String text, int offset) throws IOException {
        if (unwritten == 0) {
            reasoningFrom = lastOffset;
            contentFrom = lastOffset;
        }
        reasoning.append(text, offset - reasoningFrom);
        added(text.length(), offset);
    }

    /** More of the answer. */
    public synchronized void content(String text, int offset) throws IOException {
        if (unwritten == 0) {
            reasoningFrom = lastOffset;
            contentFrom = lastOffset;
        }
        content.append(text, offset - contentFrom);
        added(text.length(), offset);
    }

    /** The end of the thought. */
    public synchronized void thoughtClosed(ThoughtClosed closed) throws IOException {
        if (unwritten == 0) {
            reasoningFrom = lastOffset;
            contentFrom = lastOffset;
        }
        thoughtClosed = Optional.of(closed);
        added(1, Math.toIntExact(closed.offset()));
    }

    private void added(int length, int offset) throws IOException {
        lastOffset = offset;
        unwritten += length;
        if (unwritten >= FLUSH_AT) {
            flush();
        }
    }

    /** Writes what is not written yet, if anything. */
    public synchronized void flush() throws IOException {
        if (ended || unwritten == 0) {
            return;
        }
        Piece piece = new Piece(reasoning.build(), reasoningFrom, content.build(), contentFrom, thoughtClosed);
        if (started) {
            append(file, line("piece", piece));
        } else {
            // Moved into place whole: what an earlier sitting left is there until then.
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.createDirectories(file.resolveSibling("."));
            Files.deleteIfExists(fresh);
            append(fresh, line("start", start), line("piece", piece));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        started = true;
        reasoning = TokenText.builder();
        content = TokenText.builder();
        thoughtClosed = Optional.empty();
        unwritten = 0;
        waiting = false;
    }

    private static void append(Path to, byte[]... lines) throws IOException {
        try (FileOutputStream output = new FileOutputStream(to.toFile(), true)) {
            for (byte[] line : lines) {
                output.write(line);
            }
        }
    }

    private static byte[] line(String name, Object value) {
        return LineCodec.frame(LineCodec.MAPPER.writeValueAsBytes(Map.of(name, value)));
    }

    /** Writes what was unwritten at the tick before: with two ticks a second, nothing waits longer than a second. */
    public synchronized void tick() throws IOException {
        if (waiting) {
            flush();
        }
        waiting = unwritten > 0;
    }

    /** Forgets the stream: its attempt is in the log. */
    public synchronized void finished() throws IOException {
        ended = true;
        if (started || takesOver) {
            Files.deleteIfExists(file);
        }
    }

    /** Ends keeping it and leaves on disk all that came. */
    public synchronized void abandoned() throws IOException {
        flush();
        ended = true;
    }
}
