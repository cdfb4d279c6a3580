package dev.goldline.evaluator.run;

import dev.goldline.problemsets.bundled.BundledSets;
import dev.goldline.problemsets.set.ProblemSet;
import dev.goldline.problemsets.set.ProblemSetReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** The problem sets a user can name. */
public final class ProblemSets {
    private ProblemSets() {}

    /**
     * The set of that name, with all its problems.
     *
     * @param nameOrFolder a bundled set's name, or a folder with {@code set.yaml} and {@code problems.jsonl}
     * @throws IllegalArgumentException if it names neither; the message lists the bundled sets
     * @throws IOException if the folder cannot be read
     */
    public static AskedSet find(String nameOrFolder) throws IOException {
        Optional<ProblemSet> bundled = BundledSets.find(nameOrFolder);
        if (bundled.isPresent()) {
            return asked(bundled.get());
        }
        if (!nameOrFolder.isBlank() && isFolder(nameOrFolder)) {
            return asked(new ProblemSetReader().read(Path.of(nameOrFolder)));
        }
        throw new IllegalArgumentException("no problem set '" + nameOrFolder + "': neither a bundled one ("
                + String.join(", ", BundledSets.names()) + ") nor a folder with set.yaml and problems.jsonl");
    }

    private static AskedSet asked(ProblemSet set) {
        return new AskedSet(set.name(), set.contentHash(), set.problems());
    }

    private static boolean isFolder(String name) {
        try {
            return Files.isDirectory(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
