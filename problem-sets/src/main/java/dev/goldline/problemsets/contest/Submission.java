package dev.goldline.problemsets.contest;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A program that came with the package, and what the package says of it.
 *
 * @param name path below {@code submissions}
 * @param path a file or a folder
 * @param files its files
 * @param permitted verdicts a case may get: AC, WA, TLE, RTE
 * @param required at least one case must get one of these; empty: nothing is required
 * @param timesLimit whether the time limit is to be made from it
 */
public record Submission(
        String name, Path path, List<Path> files, Set<String> permitted, Set<String> required, boolean timesLimit) {
    public Submission {
        files = List.copyOf(files);
        permitted = Set.copyOf(permitted);
        required = Set.copyOf(required);
    }
}
