package dev.goldline.problemsets.contest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Unpacks {@code .zip} and {@code .kpp} archives: nothing outside the folder given, no links, and no more than 100,000
 * files, 4 GiB, or 200 times the archive's own size and 64 MiB.
 */
public final class PackageArchive {
    private static final int MOST_ENTRIES = 100_000;
    private static final long MOST_BYTES = 4L << 30;
    private static final long MOST_RATIO = 200;
    private static final long FREE_BYTES = 64L << 20;

    private PackageArchive() {}

    /**
     * Unpacks an archive into an empty folder.
     *
     * @return the folder that holds {@code problem.yaml}: the one given, or the only folder at the archive's top
     * @throws PackageException if the archive is damaged, escapes the folder or is too large
     */
    public static Path unpack(Path archive, Path folder) throws IOException {
        long room = Math.min(MOST_BYTES, FREE_BYTES + MOST_RATIO * Files.size(archive));
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw new PackageException(archive, "holds " + zip.size() + " files, more than " + MOST_ENTRIES);
            }
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path target = target(archive, folder, entry);
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    room -= copy(zip, entry, target, room, archive);
                }
            }
        } catch (ZipException e) {
            throw new PackageException(archive, "is no zip archive, or a damaged one: " + e.getMessage());
        }
        return top(folder);
    }

    private static Path target(Path archive, Path folder, ZipEntry entry) {
        String name = entry.getName();
        boolean climbs = name.startsWith("/")
                || name.contains("\\")
                || name.contains("\0")
                || Arrays.asList(name.split("/")).contains("..");
        Path target = climbs ? folder : folder.resolve(name).normalize();
        if (climbs || !target.startsWith(folder) || target.getNameCount() > folder.getNameCount() + 32) {
            throw new PackageException(archive, "entry '" + name + "' leads out of the package or too deep");
        }
        return target;
    }

    private static long copy(ZipFile zip, ZipEntry entry, Path target, long room, Path archive) throws IOException {
        if (Files.exists(target)) {
            throw new PackageException(archive, "entry '" + entry.getName() + "' is there twice");
        }
        long copied = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = zip.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                copied += count;
                if (copied > room) {
                    throw new PackageException(
                            archive,
                            "unpacks to more than the format's archives ever need" + " (4 GiB, or 200 times its size)");
                }
                out.write(buffer, 0, count);
            }
        }
        return copied;
    }

    private static Path top(Path folder) throws IOException {
        if (Files.exists(folder.resolve("problem.yaml"))) {
            return folder;
        }
        try (var inside = Files.list(folder)) {
            var entries = inside.toList();
            return entries.size() == 1 ? entries.getFirst() : folder;
        }
    }
}
