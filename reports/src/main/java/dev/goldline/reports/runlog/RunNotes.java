package dev.goldline.reports.runlog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;

/** Reads the notes of a run. */
public final class RunNotes {
    private RunNotes() {}

    /**
     * The notes of the run in a folder, oldest first; a torn last one is left out.
     *
     * @throws RunLogException if a note before the last is damaged, or is none of this schema
     */
    public static List<RunNote> read(Path folder) throws IOException {
        Path file = folder.resolve(RunFolder.NOTES_FILE);
        List<RunNote> notes = new ArrayList<>();
        try (LineScanner lines = new LineScanner(file, "note")) {
            while (lines.next()) {
                try {
                    notes.add(LineCodec.MAPPER.treeToValue(lines.tree(), RunNote.class));
                } catch (JacksonException e) {
                    throw new RunLogException(
                            file + " line " + lines.lineNumber() + " is no note: " + e.getOriginalMessage(), e);
                }
            }
        }
        return List.copyOf(notes);
    }
}
