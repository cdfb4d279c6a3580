package dev.goldline.ci.sandbox;

import dev.goldline.judges.code.sandbox.Execution;
import dev.goldline.judges.code.sandbox.FileAccess;
import dev.goldline.judges.code.sandbox.Input;
import dev.goldline.judges.code.sandbox.Limits;
import dev.goldline.judges.code.sandbox.Program;
import dev.goldline.judges.code.sandbox.Sandbox;
import dev.goldline.judges.code.sandbox.SandboxException;
import dev.goldline.judges.code.sandbox.Sandboxes;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs {@code /bin/true} in three ways, turn by turn: {@code posix_spawn} and {@code waitpid} and nothing else, the
 * sandbox, and Java's own {@code ProcessBuilder}.
 *
 * <p>{@code java -cp … dev.goldline.ci.sandbox.SandboxBenchmark [runs]}; default 1000.
 */
public final class SandboxBenchmark {
    private static final Path TRUE = Path.of("/bin/true");
    private static final int WARM_UP = 200;

    private final Linker linker = Linker.nativeLinker();
    private final MethodHandle spawn = linker.downcallHandle(
            linker.defaultLookup().findOrThrow("posix_spawn"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));
    private final MethodHandle wait = linker.downcallHandle(
            linker.defaultLookup().findOrThrow("waitpid"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

    private SandboxBenchmark() {}

    /** One way of running the program once. */
    private interface Way {
        void run() throws IOException, InterruptedException, SandboxException;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, SandboxException {
        int runs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
        new SandboxBenchmark().measure(runs, System.out);
    }

    private void measure(int runs, PrintStream out) throws IOException, InterruptedException, SandboxException {
        Sandbox sandbox = Sandboxes.open();
        Path folder = Files.createTempDirectory("sandbox-benchmark").toRealPath();
        Program program = new Program(
                List.of(TRUE.toString()),
                folder,
                Map.of(),
                new Input.Empty(),
                FileAccess.reading(folder),
                Limits.of(Duration.ofSeconds(1), 256 << 20));
        Arena arena = Arena.ofAuto();
        List<Way> ways = List.of(
                () -> bare(arena),
                () -> {
                    Execution execution = sandbox.run(program);
                    if (!execution.exited(0)) {
                        throw new IOException("/bin/true ended as " + execution.ending()
                                + new String(execution.errors(), StandardCharsets.UTF_8));
                    }
                },
                () -> new ProcessBuilder(TRUE.toString()).start().waitFor());
        long[][] nanos = new long[ways.size()][runs];
        for (int i = -WARM_UP; i < runs; i++) {
            for (int way = 0; way < ways.size(); way++) {
                long begin = System.nanoTime();
                ways.get(way).run();
                nanos[way][Math.max(0, i)] = System.nanoTime() - begin;
            }
        }
        Files.delete(folder);
        out.printf(Locale.ROOT, "%d runs of %s a way, milliseconds%n", runs, TRUE);
        print(out, "posix_spawn, waitpid", nanos[0], nanos[0]);
        print(out, "sandbox " + sandbox.guarantees().backend(), nanos[1], nanos[0]);
        print(out, "ProcessBuilder", nanos[2], nanos[0]);
    }

    private static void print(PrintStream out, String name, long[] nanos, long[] bare) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        out.printf(
                Locale.ROOT,
                "%-30s median %6.3f  p95 %6.3f  over bare (median) %+6.3f%n",
                name,
                millis(sorted, 0.5),
                millis(sorted, 0.95),
                millis(sorted, 0.5) - millis(Arrays.stream(bare).sorted().toArray(), 0.5));
    }

    private static double millis(long[] sorted, double quantile) {
        return sorted[(int) (quantile * (sorted.length - 1))] / 1e6;
    }

    private void bare(Arena arena) throws IOException {
        MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
        MemorySegment path = arena.allocateFrom(TRUE.toString());
        MemorySegment arguments = arena.allocate(ValueLayout.ADDRESS, 2);
        arguments.setAtIndex(ValueLayout.ADDRESS, 0, path);
        try {
            int error = (int) spawn.invokeExact(
                    pid, path, MemorySegment.NULL, MemorySegment.NULL, arguments, arguments.asSlice(8));
            int waited = (int) wait.invokeExact(pid.get(ValueLayout.JAVA_INT, 0), MemorySegment.NULL, 0);
            if (error != 0 || waited < 0) {
                throw new IOException("posix_spawn gave " + error + ", waitpid " + waited);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
