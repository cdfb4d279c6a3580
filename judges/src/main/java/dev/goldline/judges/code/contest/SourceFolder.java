package dev.goldline.judges.code.contest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** Puts copies of files where programs may see them, so that the package itself stays out of sight. */
final class SourceFolder {
    private SourceFolder() {}

    /** Copies what is in a folder, over what is there. Links become what they point to. */
    static void copy(Path from, Path to) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(from)) {
            files = walk.toList();
        }
        for (Path file : files) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /** Copies a program, a file or a folder, into a folder. */
    static void copyProgram(Path program, Path to) throws IOException {
        if (Files.isDirectory(program)) {
            copy(program, to);
        } else {
            Files.copy(program, to.resolve(program.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
