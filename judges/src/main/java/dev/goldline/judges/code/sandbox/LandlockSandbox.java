package dev.goldline.judges.code.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * Landlock and seccomp, by calls into the C library: nothing to install, no root, no user namespaces.
 *
 * <p>Each run gets a fresh thread that confines itself for good, starts the program and ends ({@link Confinement}). The
 * seccomp filter stops the child just before its execution and asks this process, which then sets the resource limits of
 * exactly that child and makes it the leader of a process group ({@link Supervision}); so there is no moment without
 * limits, and no helper program. Nobody can leave the group: one kill finds all.
 */
final class LandlockSandbox implements Sandbox {
    private static final int GETEUID = 107;

    /** Groups that run now, killed should this process be asked to end. */
    private static final Set<Integer> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("sandbox-shutdown").unstarted(() -> {
                    Kernel kernel = new Kernel(Arena.ofAuto());
                    RUNNING.forEach(group -> kernel.call(SystemCall.KILL, -group, SystemCall.SIGKILL));
                }));
    }

    private final Landlock landlock;
    private final boolean root;
    private final long mostStack;
    private final Guarantees guarantees;

    private LandlockSandbox(Landlock landlock, boolean root, long mostStack) {
        this.landlock = landlock;
        this.root = root;
        this.mostStack = mostStack;
        this.guarantees = guarantees(landlock, mostStack);
    }

    /** @throws SandboxException saying why this backend does not work on this machine */
    static LandlockSandbox open() throws SandboxException {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.equals("Linux amd64")) {
            throw new SandboxException("this is " + system + ", the backend knows Linux amd64 only");
        }
        try {
            Kernel kernel = new Kernel(Arena.ofAuto());
            Landlock landlock = Landlock.probe(kernel);
            if (landlock.abi() <= 0) {
                throw new SandboxException("the kernel has no Landlock: " + Kernel.error(landlock.abi())
                        + "; it came with Linux 5.13 and can be switched off at boot (lsm=)");
            }
            // Orphans of a run become this process's children, so that they can be waited for.
            kernel.call(SystemCall.PRCTL, SystemCall.PR_SET_CHILD_SUBREAPER, 1, 0, 0);
            loadEverything();
            return new LandlockSandbox(landlock, kernel.call(GETEUID) == 0, mostStack(kernel));
        } catch (IllegalStateException | NoSuchElementException | ExceptionInInitializerError e) {
            throw new SandboxException(
                    "the C library lacks what is needed (glibc 2.34 or later): " + e.getMessage(), e);
        }
    }

    /** A confined thread may be unable to read class files: what it will use is used once before. */
    private static void loadEverything() {
        Arena arena = Arena.ofAuto();
        Program nothing = new Program(
                List.of("/nonexistent/goldline-probe"),
                Path.of("/"),
                Map.of("A", "B"),
                new Input.Empty(),
                FileAccess.reading(Path.of("/")),
                Limits.of(Duration.ofSeconds(1), 1 << 30));
        SpawnRequest request = new SpawnRequest(arena, nothing, 0, 1, 2);
        request.spawn();
        request.free();
    }

    /** The hard limit of the stack: nobody but root may go above it. */
    private static long mostStack(Kernel kernel) {
        MemorySegment limit = Arena.ofAuto().allocate(16, 8);
        kernel.call(SystemCall.PRLIMIT64, 0, SystemCall.RLIMIT_STACK, 0, limit.address());
        return limit.get(ValueLayout.JAVA_LONG, 8);
    }

    private static Guarantees guarantees(Landlock landlock, long mostStack) {
        List<String> kept = new ArrayList<>(List.of(
                "files: Landlock ABI " + landlock.abi()
                        + "; system programs and libraries read-only, writes in the run's own folder only, no links,"
                        + " devices or sockets made",
                "network: seccomp; no socket of any kind" + (landlock.abi() >= 4 ? ", and Landlock denies TCP" : ""),
                "system: seccomp; no tracing, mounting, namespaces, kernel keys, bpf, io_uring, shared memory segments",
                "processor time: the process's clock while it runs, RLIMIT_CPU, and usage from wait4",
                "memory: rlimit_data bounds what can be had, resident memory is sampled every 10 ms and read at the"
                        + " end of the process",
                "processes: each new one is asked for and counted; none leaves the process group, which is killed"
                        + " whole and waited for",
                "output: counted while it is written; files: RLIMIT_FSIZE each, all together every 100 ms"));
        List<String> lacking = new ArrayList<>();
        if (landlock.abi() >= Landlock.SCOPES_SIGNALS) {
            kept.add("signals: Landlock; only to processes of the run");
        } else {
            kept.add("signals: seccomp; each is asked for, only to processes of the run");
        }
        lacking.add("memory of a run of many processes is limited together by sampling only (no cgroup is used)");
        lacking.add("a judge killed with SIGKILL leaves running programs to their own limit of processor time");
        if (mostStack != -1) {
            lacking.add("stack: this user's hard limit of " + mostStack + " bytes holds (ulimit -Hs)");
        }
        return new Guarantees("landlock-seccomp", kept, lacking);
    }

    @Override
    public Guarantees guarantees() {
        return guarantees;
    }

    @Override
    public Execution run(Program program) throws SandboxException, InterruptedException {
        return new Supervision(this, program, -1, -1).run();
    }

    @Override
    public Conversation converse(Program interactor, Program solution, IntPredicate stops)
            throws SandboxException, InterruptedException {
        Arena arena = Arena.ofAuto();
        Kernel kernel = new Kernel(arena);
        Descriptors descriptors = new Descriptors(kernel, arena);
        Descriptors.Pipe toInteractor = descriptors.pipe();
        Descriptors.Pipe toSolution;
        try {
            toSolution = descriptors.pipe();
        } catch (SandboxException e) {
            kernel.close(toInteractor.read());
            kernel.close(toInteractor.write());
            throw e;
        }
        descriptors.enlarge(toInteractor.write());
        descriptors.enlarge(toSolution.write());
        return new Dialogue(this, kernel, toInteractor, toSolution).hold(interactor, solution, stops);
    }

    Landlock landlock() {
        return landlock;
    }

    boolean isRoot() {
        return root;
    }

    long mostStack() {
        return mostStack;
    }

    byte[] instructions(long memoryBytes) {
        return SeccompFilter.instructions(
                memoryBytes, landlock.abi() < Landlock.SCOPES_SIGNALS, landlock.abi() < Landlock.KNOWS_TRUNCATE);
    }

    void started(int group) {
        RUNNING.add(group);
    }

    void ended(int group) {
        RUNNING.remove(group);
    }
}
