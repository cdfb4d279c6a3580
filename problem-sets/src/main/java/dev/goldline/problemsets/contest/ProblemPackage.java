package dev.goldline.problemsets.contest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A problem package that was read and found in order.
 *
 * @param root its folder
 * @param name the folder's name
 * @param titles by language code; empty key if the language is not said
 * @param validators programs that judge outputs, each a file or a folder; empty: the default validator
 * @param fileWriting whether submissions may write files
 * @param includes folder of files that go with every submission, by language code or {@code default}; may be absent
 */
public record ProblemPackage(
        Path root,
        String name,
        PackageFormat format,
        Map<String, String> titles,
        Set<Type> types,
        PackageLimits limits,
        List<Path> validators,
        boolean fileWriting,
        Optional<Path> includes,
        TestGroup data,
        List<Submission> submissions) {
    /** What a package may be; several at a time. */
    public enum Type {
        PASS_FAIL,
        SCORING,
        MULTI_PASS,
        INTERACTIVE,
        SUBMIT_ANSWER
    }

    public ProblemPackage {
        titles = Map.copyOf(titles);
        types = Set.copyOf(types);
        validators = List.copyOf(validators);
        submissions = List.copyOf(submissions);
    }

    public boolean is(Type type) {
        return types.contains(type);
    }
}
