package dev.goldline.judges.code.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the kernel tells of processes and folders. A process that is gone uses nothing. */
final class ProcessFiles {
    private static final int PAGE = 4096;
    private static final int MOST_FILES = 10_000;

    private ProcessFiles() {}

    /** A process group as a whole. */
    record Group(int tasks, long residentBytes) {}

    /** The most memory that was ever resident in the process's present program, in bytes. */
    static long peakMemory(int pid) {
        return status(pid, "VmHWM:") * 1024;
    }

    static long residentMemory(int pid) {
        return read(Path.of("/proc", Integer.toString(pid), "statm"))
                .map(text -> Long.parseLong(text.split(" ")[1]) * PAGE)
                .orElse(0L);
    }

    static int threads(int pid) {
        return (int) status(pid, "Threads:");
    }

    private static long status(int pid, String key) {
        return read(Path.of("/proc", Integer.toString(pid), "status"))
                .map(text -> {
                    int at = text.indexOf(key);
                    if (at < 0) {
                        return 0L;
                    }
                    long number = 0;
                    for (int i = at + key.length(); i < text.length() && text.charAt(i) != '\n'; i++) {
                        char c = text.charAt(i);
                        if (c >= '0' && c <= '9') {
                            number = number * 10 + (c - '0');
                        }
                    }
                    return number;
                })
                .orElse(0L);
    }

    /** Everything alive in a process group. */
    static Group group(int group) {
        String[] names = new File("/proc").list((folder, name) -> Character.isDigit(name.charAt(0)));
        int tasks = 0;
        long resident = 0;
        for (String name : names == null ? new String[0] : names) {
            Optional<String> stat = read(Path.of("/proc", name, "stat"));
            // The program's name stands in parentheses and may hold anything.
            String[] fields = stat.map(text -> text.substring(text.lastIndexOf(')') + 2))
                    .orElse("")
                    .split(" ");
            if (fields.length > 21 && fields[2].equals(Integer.toString(group)) && !fields[0].equals("Z")) {
                tasks += Integer.parseInt(fields[17]);
                resident += Long.parseLong(fields[21]) * PAGE;
            }
        }
        return new Group(tasks, resident);
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The bytes of all files in a folder and below; a huge number for a folder of very many files. Follows no links. */
    static long folderBytes(Path folder) {
        long[] sum = new long[2];
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.size();
                    return ++sum[1] > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
                    sum[0] += PAGE;
                    return ++sum[1] > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return sum[0];
        }
        return sum[1] > MOST_FILES ? Long.MAX_VALUE / 2 : sum[0];
    }
}
