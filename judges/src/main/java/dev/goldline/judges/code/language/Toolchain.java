package dev.goldline.judges.code.language;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds compilers and interpreters.
 *
 * <p>Programs of the JDK come from the one that runs the judge. For all others only real programs count: a shim, that is
 * a script which looks for the program elsewhere, would need more of the machine than a sandbox shows.
 */
public final class Toolchain {
    private static final Set<String> OF_THE_JDK = Set.of("java", "javac");
    private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

    private final List<Path> path;

    /** @param path folders to look in, the first one first */
    public Toolchain(List<Path> path) {
        this.path = List.copyOf(path);
    }

    /** What the variable {@code PATH} names, then the system's own folders. */
    public static Toolchain ofSystem() {
        List<Path> path = new ArrayList<>();
        for (String folder : (System.getenv().getOrDefault("PATH", "") + ":/usr/local/bin:/usr/bin:/bin").split(":")) {
            if (folder.startsWith("/")) {
                path.add(Path.of(folder));
            }
        }
        return new Toolchain(path);
    }

    /** The absolute path of a tool. */
    public Optional<Path> find(String tool) {
        if (tool.startsWith("/")) {
            return Optional.of(Path.of(tool)).filter(Files::isExecutable);
        }
        if (OF_THE_JDK.contains(tool)) {
            Path ours = jdk().resolve("bin").resolve(tool);
            if (Files.isExecutable(ours)) {
                return Optional.of(ours);
            }
        }
        return path.stream()
                .map(folder -> folder.resolve(tool))
                .filter(Toolchain::isProgram)
                .findFirst();
    }

    /** Folders beyond the system's own that tools need to read. */
    public List<Path> folders() {
        return List.of(jdk());
    }

    private static Path jdk() {
        return Path.of(System.getProperty("java.home"));
    }

    private static boolean isProgram(Path file) {
        if (!Files.isExecutable(file) || Files.isDirectory(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ELF.length), ELF)
                    && file.toRealPath().startsWith("/usr");
        } catch (IOException e) {
            return false;
        }
    }
}
