package dev.goldline.reports.runlog;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** Appends to {@code notes.jsonl}. Made when the first note comes; a torn last line is cut off then. */
final class NoteFile {
    private final Path file;
    private boolean mended;

    NoteFile(Path file) {
        this.file = file;
    }

    synchronized void append(RunNote note) throws IOException {
        if (!mended) {
            mend();
            mended = true;
        }
        byte[] line = LineCodec.frame(LineCodec.MAPPER.writeValueAsBytes(note));
        try (FileOutputStream output = new FileOutputStream(file.toFile(), true)) {
            output.write(line);
            output.getFD().sync();
        }
    }

    private void mend() throws IOException {
        long good;
        boolean ended = true;
        try (LineScanner lines = new LineScanner(file, "note")) {
            while (lines.next()) {
                ended = lines.lineEnded();
            }
            good = lines.goodBytes();
        }
        try (RandomAccessFile notes = new RandomAccessFile(file.toFile(), "rw")) {
            notes.setLength(good);
            if (!ended) {
                notes.seek(good);
                notes.write('\n');
            }
        }
    }
}
