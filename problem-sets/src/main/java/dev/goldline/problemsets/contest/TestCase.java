package dev.goldline.problemsets.contest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One input and its answer.
 *
 * @param name path below {@code data} without its extension, such as {@code secret/group1/02}
 * @param files folder whose files the submission finds beside it
 * @param arguments given to the submission
 * @param validatorArguments given to the output validator
 */
public record TestCase(
        String name,
        Path input,
        Path answer,
        Optional<Path> files,
        List<String> arguments,
        List<String> validatorArguments) {
    public TestCase {
        arguments = List.copyOf(arguments);
        validatorArguments = List.copyOf(validatorArguments);
    }

    public boolean isSample() {
        return name.startsWith("sample/");
    }
}
