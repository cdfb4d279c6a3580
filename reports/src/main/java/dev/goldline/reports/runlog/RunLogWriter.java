package dev.goldline.reports.runlog;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run log. Safe for use by many threads; at most one writer has a folder open, in this process or another.
 *
 * <p>Why it is built so: an attempt may have cost an hour of thinking, so {@link #append} returns only when the line is
 * on disk. Forcing to disk costs milliseconds, so threads that arrive while one is forcing leave their lines in a queue,
 * and the first of them to wake writes and forces all of those together. There is no thread of its own to start, stop or
 * die. Files are written by streams, not channels: an interrupt of one waiting thread closes a channel for all.
 */
public final class RunLogWriter implements AutoCloseable {
    private final Path folder;
    private final RunSnapshot snapshot;
    private final FileChannel lockChannel;
    private final FileOutputStream output;
    private final Path attempts;
    /** What the system calls the file we hold open; absent where it has no such name. */
    private final Optional<Object> identity;

    private final NoteFile notes;
    private final PartialStreams partials;
    private final long droppedBytes;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition flushed = lock.newCondition();
    /** Guarded by the lock, as is all below. */
    private final KeyIndex scored;

    private final KeyIndex unscored;
    private List<byte[]> queue = new ArrayList<>();
    private long queued;
    private long durable;
    private boolean flushing;
    private boolean closed;
    private @Nullable IOException failure;

    private RunLogWriter(Path folder, RunSnapshot snapshot, FileChannel lockChannel) throws IOException {
        this.folder = folder;
        this.snapshot = snapshot;
        this.lockChannel = lockChannel;
        this.scored = new KeyIndex();
        this.unscored = new KeyIndex();
        this.attempts = folder.resolve(RunFolder.ATTEMPTS_FILE);
        boolean fresh = !Files.exists(attempts);
        this.droppedBytes = recover(attempts);
        this.output = new FileOutputStream(attempts.toFile(), true);
        this.identity = identity(attempts);
        if (fresh) {
            RunFolder.forceFolder(folder);
        }
        this.notes = new NoteFile(folder.resolve(RunFolder.NOTES_FILE));
        this.partials = new PartialStreams(folder.resolve(RunFolder.PARTIAL_FOLDER));
    }

    /**
     * Starts a run in a folder, which is made if need be.
     *
     * @throws RunLogException if the folder holds a run already, or another writer has it
     */
    public static RunLogWriter create(Path folder, RunSnapshot snapshot) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new RunLogException(folder + " is a file: name a folder for the run");
        }
        Files.createDirectories(folder);
        return locked(folder, lockChannel -> {
            if (RunFolder.holdsRun(folder)) {
                throw new RunLogException(folder + " holds a run already: resume it, or name another folder");
            }
            if (Files.exists(folder.resolve(RunFolder.ATTEMPTS_FILE))) {
                throw new RunLogException(folder + " has " + RunFolder.ATTEMPTS_FILE + " but no " + RunFolder.RUN_FILE
                        + ": put that back from a copy, or name another folder");
            }
            RunFolder.writeSnapshot(folder, snapshot);
            return new RunLogWriter(folder, snapshot, lockChannel);
        });
    }

    /**
     * Goes on with the run in a folder. A torn last line is cut off, see {@link #droppedBytes}.
     *
     * @throws RunLogException if there is no run, it is damaged or of a newer schema, or another writer has it
     */
    public static RunLogWriter resume(Path folder) throws IOException {
        RunFolder.readSnapshot(folder);
        return locked(folder, lockChannel -> new RunLogWriter(folder, RunFolder.readSnapshot(folder), lockChannel));
    }

    /**
     * Resumes the run in the folder if there is one, and starts it otherwise.
     *
     * @throws RunLogException as the other two do; also if the run there was asked to do something else, naming each
     *     difference
     */
    public static RunLogWriter createOrResume(Path folder, RunSnapshot snapshot) throws IOException {
        if (!RunFolder.holdsRun(folder)) {
            return create(folder, snapshot);
        }
        List<String> differences = snapshot.differencesFrom(RunFolder.readSnapshot(folder));
        if (!differences.isEmpty()) {
            throw new RunLogException(folder + " holds another run: " + String.join("; ", differences)
                    + ". Ask for the same, or name another folder");
        }
        return resume(folder);
    }

    /** What the folder says the run is; of a resumed run, as it was first asked. */
    public RunSnapshot snapshot() {
        return snapshot;
    }

    /** Attempts in the log that need not be made again: all but the unscored. */
    public Set<AttemptKey> finished() {
        lock.lock();
        try {
            return scored.toSet();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the attempt is in the log and need not be made again. */
    public boolean isFinished(AttemptKey key) {
        lock.lock();
        try {
            return scored.contains(key);
        } finally {
            lock.unlock();
        }
    }

    /** How many attempts {@link #finished} has, without listing them. */
    public int finishedCount() {
        lock.lock();
        try {
            return scored.size();
        } finally {
            lock.unlock();
        }
    }

    /** Attempts in the log that our machinery spoilt and that may be appended again. */
    public Set<AttemptKey> unscored() {
        lock.lock();
        try {
            return unscored.toSet();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of a torn last line that were cut off when this run was resumed; 0 if there was none. */
    public long droppedBytes() {
        return droppedBytes;
    }

    /**
     * Appends an attempt and returns when it is on disk.
     *
     * @throws IllegalArgumentException if the attempt is in the log already and was scored, or belongs to another run
     * @throws RunLogException if the line would be too long
     * @throws IOException if the log could not be written; from then on nothing can be
     */
    public void append(AttemptRecord attempt) throws IOException {
        checkBelongs(attempt.key());
        byte[] line = LineCodec.encode(attempt);
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the log in " + folder + " is closed");
            }
            register(attempt);
            queue.add(line);
            awaitDurable(++queued);
        } finally {
            lock.unlock();
        }
    }

    private void checkBelongs(AttemptKey key) {
        boolean belongs = key.model().equals(snapshot.model().name())
                && key.index() < snapshot.samples()
                && snapshot.modes().stream().anyMatch(settings -> settings.mode() == key.mode())
                && snapshot.sets().stream().anyMatch(set -> set.name().equals(key.set()));
        if (!belongs) {
            throw new IllegalArgumentException("attempt " + key + " is none that run '" + snapshot.name()
                    + "' asks for: compare its model, mode, set and index with " + RunFolder.RUN_FILE);
        }
    }

    private void register(AttemptRecord attempt) {
        AttemptKey key = attempt.key();
        if (scored.contains(key)) {
            throw new IllegalArgumentException("attempt " + key + " is in the log already");
        }
        if (attempt.verdict().outcome() == Outcome.UNSCORED) {
            unscored.add(key);
        } else {
            unscored.remove(key);
            scored.add(key);
        }
    }

    private void awaitDurable(long ticket) throws IOException {
        while (durable < ticket) {
            if (failure != null) {
                throw new IOException(
                        "the log in " + folder + " could not be written: " + failure.getMessage()
                                + ". Free the disk and resume: attempts that were reported done are kept",
                        failure);
            }
            if (flushing) {
                flushed.awaitUninterruptibly();
            } else {
                flush();
            }
        }
    }

    /** Writes and forces all queued lines; called with the lock held, which is let go meanwhile. */
    private void flush() {
        List<byte[]> batch = queue;
        long last = queued;
        queue = new ArrayList<>();
        flushing = true;
        lock.unlock();
        @Nullable IOException broken = new IOException("the writing thread died");
        try {
            for (byte[] line : batch) {
                output.write(line);
            }
            output.getFD().sync();
            checkStillThere();
            broken = null;
        } catch (IOException e) {
            broken = e;
        } finally {
            lock.lock();
            flushing = false;
            if (broken == null) {
                durable = last;
            } else {
                failure = broken;
            }
            flushed.signalAll();
        }
    }

    /** Reads what is in the log and cuts off a torn last line, whose length it returns. */
    private long recover(Path attempts) throws IOException {
        long good;
        long torn;
        boolean ended = true;
        try (LineScanner lines = new LineScanner(attempts)) {
            while (lines.next()) {
                LineCodec.Head head = lines.head();
                if (head.outcome() == Outcome.UNSCORED) {
                    unscored.add(head.key());
                } else if (scored.add(head.key())) {
                    unscored.remove(head.key());
                } else {
                    throw new RunLogException(attempts + " line " + lines.lineNumber() + " holds attempt " + head.key()
                            + " a second time: delete one of the two lines");
                }
                ended = lines.lineEnded();
            }
            good = lines.goodBytes();
            torn = lines.tornBytes();
        }
        if (torn > 0 || !ended) {
            try (RandomAccessFile file = new RandomAccessFile(attempts.toFile(), "rw")) {
                file.setLength(good);
                if (!ended) {
                    file.seek(good);
                    file.write('\n');
                }
                file.getFD().sync();
            }
        }
        return torn;
    }

    /** The streams in flight, of this sitting and those that an earlier one left. */
    public PartialStreams partials() {
        return partials;
    }

    /**
     * Writes a note and returns when it is on disk.
     *
     * @throws IOException if it could not be written
     */
    public void note(RunNote note) throws IOException {
        notes.append(note);
    }

    /**
     * Whether the file we append to is still the one that its name leads to. A folder removed or replaced under a run
     * would swallow lines without an error.
     */
    private void checkStillThere() throws IOException {
        Optional<Object> found;
        try {
            found = identity(attempts);
        } catch (NoSuchFileException e) {
            throw new IOException(attempts + " was removed while the run was writing it", e);
        }
        if (!found.equals(identity)) {
            throw new IOException(attempts + " was replaced while the run was writing it");
        }
    }

    private static Optional<Object> identity(Path file) throws IOException {
        return Optional.ofNullable(
                Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    }

    /** Waits for attempts that are being written, then lets the folder go. */
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            closed = true;
            while (flushing || (durable < queued && failure == null)) {
                flushed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        try (FileChannel releasedLast = lockChannel) {
            output.close();
        }
    }

    private interface Opening {
        RunLogWriter open(FileChannel lockChannel) throws IOException;
    }

    private static RunLogWriter locked(Path folder, Opening opening) throws IOException {
        FileChannel channel = FileChannel.open(
                folder.resolve(RunFolder.LOCK_FILE),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean open = false;
        try {
            if (!tryLock(channel)) {
                throw new RunLogException(folder + " is being written by another goldline" + holder(folder)
                        + ": wait for it to end, or name another folder");
            }
            writeHolder(channel);
            RunLogWriter writer = opening.open(channel);
            open = true;
            return writer;
        } finally {
            if (!open) {
                channel.close();
            }
        }
    }

    /** Who has the lock, for the message of those who do not get it. */
    private static void writeHolder(FileChannel channel) throws IOException {
        channel.truncate(0);
        byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
    }

    private static String holder(Path folder) throws IOException {
        byte[] said;
        try (InputStream lockFile = Files.newInputStream(folder.resolve(RunFolder.LOCK_FILE))) {
            said = lockFile.readNBytes(20);
        }
        String pid = new String(said, StandardCharsets.US_ASCII).strip();
        return pid.matches("[0-9]+") ? " (process " + pid + ")" : "";
    }

    /** The lock lives as long as the channel, and the system lets it go when the process dies. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
