package dev.goldline.judges.code.language;

import java.nio.file.Path;
import java.util.List;

/**
 * A programming language, as {@code languages.yaml} describes it.
 *
 * @param code its name in problem packages, such as {@code cpp}
 * @param compile the compiler's command; empty if there is nothing to compile
 * @param memoryOverheadBytes what its machinery may use on top of a problem's memory limit
 * @param proc whether it needs to read {@code /proc}
 * @param notIf what the first line of a script holds if it is in another language; empty if that is never told
 */
public record Language(
        String code,
        String name,
        List<String> extensions,
        List<String> compile,
        List<String> run,
        List<String> version,
        Entry entry,
        long memoryOverheadBytes,
        boolean proc,
        String notIf) {
    /** How the entry point of a program of several files is found. */
    public enum Entry {
        FIRST,
        MAIN_FILE,
        JAVA_CLASS
    }

    public Language {
        extensions = List.copyOf(extensions);
        compile = List.copyOf(compile);
        run = List.copyOf(run);
        version = List.copyOf(version);
    }

    /** Whether a file's name says that it is in this language. */
    public boolean owns(Path file) {
        String name = String.valueOf(file.getFileName());
        return extensions.stream().anyMatch(name::endsWith);
    }
}
