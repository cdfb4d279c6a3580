package dev.goldline.judges.code.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Finds what can confine programs on this machine, and tries it out before it is trusted. */
public final class Sandboxes {
    private static final String SECRET = "not for programs\n";

    private Sandboxes() {}

    /**
     * The sandbox of this machine.
     *
     * @throws SandboxException if there is none that works; the message says why and what would help
     */
    public static Sandbox open() throws SandboxException, InterruptedException {
        Sandbox sandbox = LandlockSandbox.open();
        tryOut(sandbox);
        return sandbox;
    }

    /** Runs a program, then one that reads what it must not. */
    private static void tryOut(Sandbox sandbox) throws SandboxException, InterruptedException {
        Path folder = folder();
        try {
            Path secret = Files.writeString(folder.resolve("secret"), SECRET);
            Path own = Files.createDirectory(folder.resolve("own"));
            Execution printed = sandbox.run(program(own, tool("echo"), "-n", "ok"));
            if (!printed.exited(0) || !new String(printed.output(), StandardCharsets.UTF_8).equals("ok")) {
                throw new SandboxException("a trial program in the sandbox gave " + printed.ending() + ", exit code "
                        + printed.exitCode() + ", signal " + printed.signal() + ": "
                        + new String(printed.errors(), StandardCharsets.UTF_8));
            }
            Execution spied = sandbox.run(program(own, tool("cat"), secret.toString()));
            if (spied.output().length > 0) {
                throw new SandboxException("a trial program could read " + secret + ", which it must not");
            }
        } catch (IOException e) {
            throw new SandboxException("cannot try the sandbox out in " + folder + ": " + e.getMessage(), e);
        } finally {
            Folders.delete(folder);
        }
    }

    private static Path folder() throws SandboxException {
        try {
            return Files.createTempDirectory("goldline-sandbox").toRealPath();
        } catch (IOException e) {
            throw new SandboxException("cannot make a folder for temporary files: " + e.getMessage(), e);
        }
    }

    private static Program program(Path folder, String... command) {
        return new Program(
                List.of(command),
                folder,
                Map.of(),
                new Input.Empty(),
                FileAccess.writing(folder),
                Limits.of(Duration.ofSeconds(5), 256 << 20));
    }

    private static String tool(String name) throws SandboxException {
        for (String folder : List.of("/usr/bin/", "/bin/")) {
            if (Files.isExecutable(Path.of(folder + name))) {
                return folder + name;
            }
        }
        throw new SandboxException("found neither /usr/bin/" + name + " nor /bin/" + name + " to try the sandbox with");
    }
}
