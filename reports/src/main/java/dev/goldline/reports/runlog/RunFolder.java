package dev.goldline.reports.runlog;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/** The files of a run folder, and the reading and writing of {@code run.json}. */
final class RunFolder {
    static final String RUN_FILE = "run.json";
    static final String ATTEMPTS_FILE = "attempts.jsonl";
    static final String LOCK_FILE = "run.lock";
    static final String NOTES_FILE = "notes.jsonl";
    static final String PARTIAL_FOLDER = "partial";

    private static final long MAX_RUN_FILE_BYTES = 16 << 20;

    private RunFolder() {}

    static boolean holdsRun(Path folder) {
        return Files.isRegularFile(folder.resolve(RUN_FILE));
    }

    static RunSnapshot readSnapshot(Path folder) throws IOException {
        Path file = folder.resolve(RUN_FILE);
        if (!Files.isDirectory(folder)) {
            throw new RunLogException("no run at " + folder + ": "
                    + (Files.exists(folder) ? "it is a file; name the folder of a run" : "there is no such folder"));
        }
        if (!Files.isRegularFile(file)) {
            throw new RunLogException(
                    "no run at " + folder + ": the folder has no " + RUN_FILE + "; name a folder that a run wrote");
        }
        if (Files.size(file) > MAX_RUN_FILE_BYTES) {
            throw new RunLogException(file + " is longer than " + MAX_RUN_FILE_BYTES + " bytes: this is no run");
        }
        try {
            JsonNode tree = LineCodec.MAPPER.readTree(Files.readAllBytes(file));
            checkVersion(file, tree);
            return LineCodec.MAPPER.treeToValue(tree, RunSnapshot.class);
        } catch (JacksonException e) {
            String reason = e.getOriginalMessage().replaceAll(" \\(start marker at .*", "");
            throw new RunLogException(
                    file + " cannot be read: " + reason + ". Put it back from a copy, or name another folder", e);
        }
    }

    private static void checkVersion(Path file, JsonNode tree) throws RunLogException {
        JsonNode version = tree.get("schemaVersion");
        if (version == null || !version.isInt() || version.intValue() < 1) {
            throw new RunLogException(file + " has no schemaVersion of 1 or more: this is no run of goldline");
        }
        if (version.intValue() > RunSnapshot.SCHEMA_VERSION) {
            throw new RunLogException(
                    file + " has schema version " + version.intValue() + "; this goldline reads versions up to "
                            + RunSnapshot.SCHEMA_VERSION + ": read it with the goldline that wrote it, or a newer one");
        }
    }

    /** Writes {@code run.json} whole or not at all. */
    static void writeSnapshot(Path folder, RunSnapshot snapshot) throws IOException {
        Path file = folder.resolve(RUN_FILE);
        Path unfinished = folder.resolve(RUN_FILE + ".new");
        try (FileOutputStream output = new FileOutputStream(unfinished.toFile())) {
            output.write(LineCodec.MAPPER
                    .writer()
                    .with(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsBytes(snapshot));
            output.write('\n');
            output.getFD().sync();
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(folder);
    }

    /** Makes new names in the folder outlive a power cut, where the system lets a folder be forced. */
    static void forceFolder(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            // Some systems do not open folders; their names are durable by other means.
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
