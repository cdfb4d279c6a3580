package dev.goldline.judges.code.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** Folders that programs have written to: whatever is in there was put there by an enemy. */
public final class Folders {
    private Folders() {}

    /**
     * Deletes a folder and all in it, following no links, however deep it is. The program that wrote to it must be gone.
     *
     * @return whether nothing is left
     */
    public static boolean delete(Path folder) {
        try {
            long moved = 0;
            boolean deeper = true;
            while (deeper && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                deeper = false;
                for (Path child : list(folder)) {
                    if (Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                        // Its folders are moved up, so that no path grows long and no stack deep.
                        for (Path grandchild : list(child)) {
                            if (Files.isDirectory(grandchild, LinkOption.NOFOLLOW_LINKS)) {
                                open(grandchild);
                                Files.move(grandchild, free(folder, moved++));
                                deeper = true;
                            } else {
                                Files.delete(grandchild);
                            }
                        }
                    }
                    Files.delete(child);
                }
            }
            return Files.deleteIfExists(folder) || Files.notExists(folder, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            return false;
        }
    }

    /** A name in the folder that nothing has yet. */
    private static Path free(Path folder, long number) {
        Path name = folder.resolve("moved-" + number);
        while (Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
            name = folder.resolve(name.getFileName() + "-");
        }
        return name;
    }

    /** A program can make a folder that it may not enter itself. */
    private static void open(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    private static Iterable<Path> list(Path folder) throws IOException {
        List<Path> names = new ArrayList<>();
        open(folder);
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(folder)) {
            inside.forEach(names::add);
        }
        return names;
    }
}
