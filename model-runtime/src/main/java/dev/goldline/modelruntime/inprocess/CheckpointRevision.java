package dev.goldline.modelruntime.inprocess;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Names a checkpoint by what it holds. */
public final class CheckpointRevision {
    private CheckpointRevision() {}

    /**
     * {@code sha256:} and the hash over the name, size and bytes of {@code config.json}, {@code tokenizer.json} and
     * every safetensors file, in order of name. Everything that changes an answer is in it, and nothing else. Reads all
     * weights.
     */
    public static String of(Path folder) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files(folder)) {
            digest.update((file.getFileName() + " " + Files.size(file) + "\n").getBytes(StandardCharsets.UTF_8));
            try (InputStream in = Files.newInputStream(file);
                    var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                in.transferTo(sink);
            }
        }
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> counts(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        }
    }

    private static boolean counts(String name) {
        return name.equals("config.json")
                || name.equals("tokenizer.json")
                || name.endsWith(".safetensors") && !name.equals("expected.safetensors");
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
