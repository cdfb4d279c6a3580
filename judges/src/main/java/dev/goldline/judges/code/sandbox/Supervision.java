package dev.goldline.judges.code.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One run, from its confinement to the last of its processes.
 *
 * <p>The calling thread waits in one {@code poll} for everything: questions of the kernel, output, room for input, the
 * end. In between it looks at the clock, at the processor time used, and every few milliseconds at the memory. Processor
 * time is not polled at a fixed pace: with n cores it cannot run out before 1/n of what is left has passed.
 */
final class Supervision implements Questions.Observer {
    private static final int TICK_MILLIS = 10;
    private static final long SLOW_TICK_NANOS = 100_000_000;
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final Path NO_INPUT = Path.of("/dev/null");
    private static final short READABLE = 1;
    private static final short WRITABLE = 4;
    private static final int EVERYTHING = -1;
    private static final long UNLIMITED = -1;
    private static final int OPEN_FILES = 256;
    private static final long SLACK_BYTES = 256L << 20;
    private static final int SLACK_FACTOR = 4;

    private final LandlockSandbox sandbox;
    private final Program program;
    private final Limits limits;
    private final Arena arena = Arena.ofAuto();
    private final Kernel kernel = new Kernel(arena);
    private final Descriptors descriptors = new Descriptors(kernel, arena);
    private final MemorySegment pollSet = arena.allocate(8 * 5L, 8);
    private final MemorySegment scratch = arena.allocate(256, 8);
    private final List<Integer> childEnds = new ArrayList<>();

    private Streams streams;
    private int childInput;
    private int childOutput;
    private int childErrors;
    private int listener = -1;
    private int pid = -1;
    private int pidDescriptor = -1;
    private long begin;
    private long end;
    private long nextSlowLook;
    private long filesAtStart;
    private long peakMemory;
    private Ending cause = Ending.EXITED;
    private volatile boolean stopped;

    /** @param output where standard output goes, or -1 to keep it */
    Supervision(LandlockSandbox sandbox, Program program, int input, int output) throws SandboxException {
        this.sandbox = sandbox;
        this.program = program;
        limits = program.limits();
        streams = new Streams(kernel, arena, -1, new byte[0], -1, -1, 0);
        try {
            connect(input, output);
        } catch (SandboxException e) {
            closeAll();
            throw e;
        }
    }

    private void connect(int input, int output) throws SandboxException {
        int feed = -1;
        byte[] bytes = new byte[0];
        int given = input;
        if (input < 0) {
            switch (program.input()) {
                case Input.Empty() -> given = own(descriptors.open(NO_INPUT));
                case Input.OfFile(Path file) -> given = own(descriptors.open(file));
                case Input.OfBytes(byte[] held) -> {
                    Descriptors.Pipe pipe = descriptors.pipe();
                    given = own(pipe.read());
                    feed = pipe.write();
                    bytes = held;
                    descriptors.enlarge(feed);
                    descriptors.neverWait(feed);
                }
            }
        }
        Descriptors.Pipe errors = descriptors.pipe();
        own(errors.write());
        descriptors.neverWait(errors.read());
        int taken = -1;
        int kept = output;
        if (output < 0) {
            Descriptors.Pipe pipe = descriptors.pipe();
            taken = pipe.read();
            kept = own(pipe.write());
            descriptors.enlarge(taken);
            descriptors.neverWait(taken);
        }
        streams = new Streams(kernel, arena, feed, bytes, taken, errors.read(), limits.outputBytes());
        childInput = given;
        childOutput = kept;
        childErrors = errors.write();
    }

    private int own(int descriptor) {
        childEnds.add(descriptor);
        return descriptor;
    }

    /** Ends the run soon, from another thread. */
    void stop() {
        stopped = true;
    }

    Execution run() throws SandboxException, InterruptedException {
        SpawnRequest request = new SpawnRequest(arena, program, childInput, childOutput, childErrors);
        try {
            int ruleset = sandbox.landlock().ruleset(kernel, arena, program.files());
            Confinement confinement;
            try {
                confinement = new Confinement(
                        arena, request, sandbox.isRoot(), ruleset, sandbox.instructions(limits.memoryBytes()));
                filesAtStart = writtenBytes();
                begin = System.nanoTime();
                end = begin;
                Thread.ofPlatform().daemon().name("sandbox").start(confinement);
                listener = confinement.listener();
            } finally {
                kernel.close(ruleset);
            }
            return supervise(confinement);
        } finally {
            request.free();
            closeAll();
        }
    }

    private Execution supervise(Confinement confinement) throws SandboxException, InterruptedException {
        Questions questions = new Questions(kernel, arena, listener, confinement.thread(), limits, this);
        int status = 0;
        long[] cpu = new long[1];
        try {
            watch(questions, confinement);
            end = System.nanoTime();
        } finally {
            status = clearAway(confinement, cpu);
        }
        if (confinement.result() < 0) {
            throw new SandboxException("cannot start " + program.command().getFirst() + " in " + program.folder() + ": "
                    + Kernel.error(confinement.result()));
        }
        streams.drain();
        return classify(questions, status, cpu[0]);
    }

    /** Returns when the program's first process has ended or is to be killed. */
    private void watch(Questions questions, Confinement confinement) throws SandboxException, InterruptedException {
        boolean listening = true;
        boolean childEndsOpen = true;
        while (true) {
            poll(listening ? listener : -1);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if ((revents(0) & READABLE) != 0) {
                questions.answerOne();
            } else if (revents(0) != 0) {
                listening = false;
            }
            if (childEndsOpen && confinement.isDone()) {
                if (confinement.result() < 0) {
                    return;
                }
                closeChildEnds();
                childEndsOpen = false;
            }
            boolean over = moveData();
            if (over) {
                cause = Ending.OUTPUT_LIMIT;
                return;
            }
            if (pid >= 0 && revents(1) != 0) {
                return;
            }
            if (limitPassed(!childEndsOpen)) {
                return;
            }
        }
    }

    private boolean moveData() {
        boolean within = true;
        if (streams.outputEnd() >= 0 && revents(2) != 0) {
            within = streams.takeOutput();
        }
        if (streams.errorEnd() >= 0 && revents(3) != 0) {
            within &= streams.takeErrors();
        }
        if (streams.inputEnd() >= 0 && revents(4) != 0) {
            streams.feed();
        }
        return !within;
    }

    private void poll(int listener) {
        entry(0, listener, READABLE);
        entry(1, pidDescriptor, READABLE);
        entry(2, streams.outputEnd(), READABLE);
        entry(3, streams.errorEnd(), READABLE);
        entry(4, streams.inputEnd(), WRITABLE);
        kernel.call(SystemCall.POLL, pollSet.address(), 5, timeout());
    }

    private int timeout() {
        long nanos = Math.min(
                limits.wall().toNanos() - (System.nanoTime() - begin),
                pid < 0 ? Long.MAX_VALUE : (limits.cpu().toNanos() - cpuUsed()) / (limits.processes() ? 1 : CORES));
        return (int) Math.clamp(nanos / 1_000_000 + 1, 1, TICK_MILLIS);
    }

    private void entry(int index, int descriptor, short events) {
        pollSet.set(ValueLayout.JAVA_INT, index * 8L, descriptor);
        pollSet.set(ValueLayout.JAVA_SHORT, index * 8L + 4, events);
        pollSet.set(ValueLayout.JAVA_SHORT, index * 8L + 6, (short) 0);
    }

    private int revents(int index) {
        return pollSet.get(ValueLayout.JAVA_SHORT, index * 8L + 6);
    }

    /** @param begun whether the program has begun: before, the child still shares the judge's own memory */
    private boolean limitPassed(boolean begun) {
        long now = System.nanoTime();
        if (stopped) {
            cause = Ending.STOPPED;
        } else if (now - begin > limits.wall().toNanos()) {
            cause = Ending.WALL_LIMIT;
        } else if (pid >= 0 && cpuUsed() > limits.cpu().toNanos()) {
            cause = Ending.CPU_LIMIT;
        } else if (begun) {
            look(now);
        }
        return cause != Ending.EXITED;
    }

    private void look(long now) {
        long resident = ProcessFiles.residentMemory(pid);
        if (now > nextSlowLook) {
            nextSlowLook = now + SLOW_TICK_NANOS;
            if (limits.processes()) {
                resident = Math.max(resident, ProcessFiles.group(pid).residentBytes());
            }
            if (writtenBytes() - filesAtStart > limits.fileBytes()) {
                cause = Ending.OUTPUT_LIMIT;
            }
        }
        peakMemory = Math.max(peakMemory, resident);
        if (peakMemory > limits.memoryBytes()) {
            cause = Ending.MEMORY_LIMIT;
        }
    }

    private long writtenBytes() {
        return program.files().writable().stream()
                .mapToLong(ProcessFiles::folderBytes)
                .sum();
    }

    /** Nanoseconds of processor time of the first process, of all its threads. */
    private long cpuUsed() {
        // The kernel's name of another process's clock.
        long clock = (~(long) pid << 3) | 2;
        if (kernel.call(SystemCall.CLOCK_GETTIME, clock, scratch.address()) < 0) {
            return 0;
        }
        return scratch.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000 + scratch.get(ValueLayout.JAVA_LONG, 8);
    }

    @Override
    public void starting(int process) throws SandboxException {
        kernel.call(SystemCall.SETPGID, process, process);
        long cpuSeconds = limits.cpu().toSeconds() + 2;
        long data = limits.memoryBytes() * SLACK_FACTOR + SLACK_BYTES;
        limit(process, SystemCall.RLIMIT_CPU, cpuSeconds);
        limit(process, SystemCall.RLIMIT_DATA, data);
        limit(process, SystemCall.RLIMIT_FSIZE, limits.fileBytes());
        limit(process, SystemCall.RLIMIT_STACK, sandbox.mostStack());
        limit(process, SystemCall.RLIMIT_CORE, 0);
        limit(process, SystemCall.RLIMIT_NOFILE, OPEN_FILES);
        pidDescriptor = (int) kernel.call(SystemCall.PIDFD_OPEN, process, 0);
        if (pidDescriptor < 0) {
            throw new SandboxException("cannot watch process " + process + ": " + Kernel.error(pidDescriptor));
        }
        pid = process;
        sandbox.started(pid);
    }

    private void limit(int process, int resource, long value) throws SandboxException {
        scratch.set(ValueLayout.JAVA_LONG, 0, value);
        scratch.set(ValueLayout.JAVA_LONG, 8, value);
        long result = kernel.call(SystemCall.PRLIMIT64, process, resource, scratch.address(), 0);
        if (result < 0 && !(resource == SystemCall.RLIMIT_STACK && value == UNLIMITED)) {
            throw new SandboxException("cannot set limit " + resource + " to " + value + ": " + Kernel.error(result));
        }
    }

    @Override
    public void leaving(int process) {
        peakMemory = Math.max(peakMemory, ProcessFiles.peakMemory(process));
    }

    /**
     * Kills the whole group, which nobody can have left, and waits until its last member is gone. Children whose parents
     * die become this process's, and so are waited for as well.
     */
    private int clearAway(Confinement confinement, long[] cpu) throws SandboxException, InterruptedException {
        // Whoever waits for an answer that nobody gives any more gets an error.
        kernel.close(listener);
        listener = -1;
        if (pid < 0) {
            confinement.awaitDone();
            return 0;
        }
        kernel.call(SystemCall.KILL, -pid, SystemCall.SIGKILL);
        int status = 0;
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (true) {
            long reaped = kernel.call(SystemCall.WAIT4, -pid, scratch.address(), 1, scratch.address() + 16, 0, 0);
            if (reaped > 0) {
                // Two times of seconds and microseconds.
                cpu[0] += nanos(16) + nanos(32);
                status = reaped == pid ? scratch.get(ValueLayout.JAVA_INT, 0) : status;
                continue;
            }
            if (reaped == -SystemCall.ECHILD
                    && kernel.call(SystemCall.KILL, -pid, 0) == -SystemCall.ESRCH
                    && confinement.isDone()) {
                break;
            }
            if (System.nanoTime() > deadline) {
                throw new SandboxException("processes of group " + pid + " did not end within 10 s of being killed");
            }
            kernel.call(SystemCall.POLL, 0, 0, 1);
        }
        sandbox.ended(pid);
        return status;
    }

    private long nanos(long offset) {
        return scratch.get(ValueLayout.JAVA_LONG, offset) * 1_000_000_000
                + scratch.get(ValueLayout.JAVA_LONG, offset + 8) * 1000;
    }

    private Execution classify(Questions questions, int status, long cpu) {
        int signal = status & 0x7f;
        int exitCode = signal == 0 ? status >> 8 & 0xff : -1;
        boolean failed = signal != 0 || exitCode != 0;
        if (cause == Ending.EXITED || cause == Ending.WALL_LIMIT) {
            if (cpu > limits.cpu().toNanos()) {
                cause = Ending.CPU_LIMIT;
            } else if (peakMemory > limits.memoryBytes() || (failed && questions.largestWish() > 0)) {
                cause = Ending.MEMORY_LIMIT;
            } else if (!streams.withinLimit()
                    || signal == SystemCall.SIGXFSZ
                    || writtenBytes() - filesAtStart > limits.fileBytes()) {
                cause = Ending.OUTPUT_LIMIT;
            } else if (signal != 0 && cause == Ending.EXITED) {
                cause = Ending.SIGNALED;
            }
        }
        return new Execution(
                cause,
                exitCode,
                signal,
                Duration.ofNanos(cpu),
                Duration.ofNanos(end - begin),
                peakMemory,
                streams.output(),
                streams.errors(),
                detail(questions, signal));
    }

    private String detail(Questions questions, int signal) {
        List<String> parts = new ArrayList<>();
        if (cause == Ending.SIGNALED) {
            parts.add("killed by signal " + signal);
        }
        if (questions.largestWish() > 0) {
            parts.add("asked for " + questions.largestWish() + " bytes of memory at once");
        }
        if (questions.refusedTasks() > 0) {
            parts.add(questions.refusedTasks() + " new processes or threads refused");
        }
        return String.join("; ", parts);
    }

    private void closeChildEnds() {
        childEnds.forEach(kernel::close);
        childEnds.clear();
    }

    /** Gives back all descriptors: for a run that never was. */
    void closeAll() {
        closeChildEnds();
        streams.close();
        kernel.close(listener);
        listener = -1;
        kernel.close(pidDescriptor);
        pidDescriptor = -1;
    }
}
