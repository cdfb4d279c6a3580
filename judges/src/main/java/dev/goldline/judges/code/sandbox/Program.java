package dev.goldline.judges.code.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to run.
 *
 * @param command absolute path of the executable, then its arguments
 * @param folder where it starts; named in {@code files} as well, or it cannot look at it
 * @param environment all of its environment: nothing is inherited
 * @param input its standard input
 */
public record Program(
        List<String> command,
        Path folder,
        Map<String, String> environment,
        Input input,
        FileAccess files,
        Limits limits) {
    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty() || !Path.of(command.getFirst()).isAbsolute()) {
            throw new IllegalArgumentException("a command must start with an absolute path, was " + command);
        }
        if (!folder.isAbsolute()) {
            throw new IllegalArgumentException("the folder of a program must be absolute, was " + folder);
        }
        if (command.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException("a word of the command holds a NUL character");
        }
    }

    public Program withInput(Input other) {
        return new Program(command, folder, environment, other, files, limits);
    }

    public Program withLimits(Limits other) {
        return new Program(command, folder, environment, input, files, other);
    }
}
