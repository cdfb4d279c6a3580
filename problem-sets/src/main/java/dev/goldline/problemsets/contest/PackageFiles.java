package dev.goldline.problemsets.contest;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Looks into a package's folders. Names that the format does not allow are as good as absent; links stay inside. */
record PackageFiles(Path root) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,254}");
    private static final int MOST_ENTRIES = 100_000;

    /** What is in a folder, in lexicographic order; nothing if there is no such folder. */
    List<Path> list(Path folder) {
        List<Path> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path entry : stream) {
                if (entries.size() == MOST_ENTRIES) {
                    throw new PackageException(folder, "holds more than " + MOST_ENTRIES + " files");
                }
                if (NAME.matcher(entry.getFileName().toString()).matches()) {
                    entries.add(inside(entry));
                }
            }
        } catch (IOException e) {
            throw new PackageException(folder, "cannot be read: " + e.getMessage());
        }
        entries.sort(
                (a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()));
        return entries;
    }

    private Path inside(Path entry) {
        try {
            if (Files.isSymbolicLink(entry) && !entry.toRealPath().startsWith(root.toRealPath())) {
                throw new PackageException(entry, "is a link that leaves the package; put the file itself there");
            }
        } catch (IOException e) {
            throw new PackageException(entry, "is a link to nothing; remove it or put the file there");
        }
        return entry;
    }

    /** The files of a program: itself, or all below it. */
    List<Path> program(Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        List<Path> files = new ArrayList<>();
        for (Path entry : list(path)) {
            files.addAll(program(entry));
            if (files.size() > MOST_ENTRIES || entry.getNameCount() > root.getNameCount() + 32) {
                throw new PackageException(path, "holds too many files or folders in folders");
            }
        }
        return files;
    }
}
