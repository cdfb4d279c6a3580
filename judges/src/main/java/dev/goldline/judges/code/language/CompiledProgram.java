package dev.goldline.judges.code.language;

import dev.goldline.judges.code.sandbox.FileAccess;
import dev.goldline.judges.code.sandbox.Input;
import dev.goldline.judges.code.sandbox.Limits;
import dev.goldline.judges.code.sandbox.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A compiled program in a folder of its own, run as often as wanted.
 *
 * @param command as in {@link Language#run()}, all but the memory limit filled in
 * @param readable what it needs to read beyond its folder
 */
public record CompiledProgram(Language language, Path folder, List<String> command, List<Path> readable) {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "LANG", "C.UTF-8", "PYTHONHASHSEED", "0");

    public CompiledProgram {
        command = List.copyOf(command);
        readable = List.copyOf(readable);
    }

    /**
     * One run of it.
     *
     * @param arguments after those of the language
     * @param limits memory without what the language itself needs, which is added here
     * @param scratch a folder to start in and to write to; without one it starts in its own and writes nothing
     */
    public Program run(List<String> arguments, Input input, Limits limits, Optional<Path> scratch) {
        return run(arguments, input, limits, scratch, List.of(), List.of());
    }

    /** The same, allowed to read and to write more: for validators. */
    public Program run(
            List<String> arguments,
            Input input,
            Limits limits,
            Optional<Path> scratch,
            List<Path> alsoReadable,
            List<Path> alsoWritable) {
        List<String> words = new ArrayList<>();
        long mebibytes = Math.max(1, limits.memoryBytes() >> 20);
        for (String word : command) {
            words.add(word.replace("{memory-mib}", Long.toString(mebibytes)));
        }
        words.addAll(arguments);
        List<Path> read = new ArrayList<>(readable);
        read.add(folder);
        read.addAll(alsoReadable);
        List<Path> write = new ArrayList<>(alsoWritable);
        scratch.ifPresent(write::add);
        Limits widened = new Limits(
                limits.cpu(),
                limits.wall(),
                limits.memoryBytes() + language.memoryOverheadBytes(),
                limits.outputBytes(),
                limits.fileBytes(),
                limits.tasks(),
                limits.processes());
        return new Program(
                words,
                scratch.orElse(folder),
                ENVIRONMENT,
                input,
                new FileAccess(read, write, language.proc()),
                widened);
    }
}
