package dev.goldline.modelruntime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of small reference checkpoints, named by {@code -Dgoldline.fixtures=DIR}. */
public final class Fixtures {
    private Fixtures() {}

    /** A checkpoint folder of the fixtures; skips the test, saying so, where they are absent. */
    public static Path checkpoint(String name) {
        String root = System.getProperty("goldline.fixtures", "");
        assumeTrue(!root.isEmpty(), "reference checkpoints are absent: pass -Dgoldline.fixtures=DIR to run this test");
        Path folder = Path.of(root, "dsv32", name);
        assumeTrue(Files.isDirectory(folder), folder + " is absent");
        return folder;
    }
}
