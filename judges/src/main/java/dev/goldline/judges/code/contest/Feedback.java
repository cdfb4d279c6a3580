package dev.goldline.judges.code.contest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** The folder in which a validator leaves what it has to say. Its files are read without following links, bounded. */
record Feedback(Path folder) {
    private static final int MOST_MESSAGE = 2000;
    private static final int MOST_NUMBER = 100;

    Optional<String> message() {
        return read("judgemessage.txt", MOST_MESSAGE).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** The number in {@code score.txt} or another file; NaN if it holds none. */
    Optional<Double> number(String file) {
        return read(file, MOST_NUMBER).map(String::strip).map(text -> {
            boolean number = text.matches("\\d{1,40}(\\.\\d{0,40})?([eE][+-]?\\d{1,3})?");
            return number ? Double.parseDouble(text) : Double.NaN;
        });
    }

    /** Takes the input of the next pass away to another place, if there is one. */
    Optional<Path> nextPass(Path to) throws IOException {
        Path file = folder.resolve("nextpass.in");
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        Files.deleteIfExists(to);
        return Optional.of(Files.move(file, to));
    }

    private Optional<String> read(String name, int most) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(new String(in.readNBytes(most), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
