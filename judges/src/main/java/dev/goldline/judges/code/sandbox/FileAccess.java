package dev.goldline.judges.code.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * The files that a program sees beside the system's programs and libraries ({@code /usr}, {@code /lib} and the like).
 *
 * @param readable files and folders it may read and execute
 * @param writable folders it may change
 * @param proc whether it may read {@code /proc}, which a Java VM wants; the kernel still keeps the memory, environment
 *     and open files of other processes from it
 */
public record FileAccess(List<Path> readable, List<Path> writable, boolean proc) {
    public FileAccess {
        readable = List.copyOf(readable);
        writable = List.copyOf(writable);
    }

    /** May change what is in one folder. */
    public static FileAccess writing(Path folder) {
        return new FileAccess(List.of(), List.of(folder), false);
    }

    /** May read and execute what is in one folder. */
    public static FileAccess reading(Path folder) {
        return new FileAccess(List.of(folder), List.of(), false);
    }
}
