package dev.goldline.judges.code.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.CountDownLatch;

/**
 * What a fresh thread does to itself before it starts a program, never to be undone: no new privileges, no capabilities,
 * Landlock, seccomp. Its child inherits all of it, the virtual machine's other threads nothing. Then the thread ends.
 */
final class Confinement implements Runnable {
    private static final int NO_ROOT_AND_LOCKED = 3;
    private static final int CAPABILITY_VERSION = 0x20080522;
    private static final int SET_MODE_FILTER = 1;
    private static final int NEW_LISTENER = 8;
    private static final int WAIT_KILLABLE = 32;
    private static final int EINVAL = -22;

    private final Kernel kernel;
    private final SpawnRequest request;
    private final boolean root;
    private final int ruleset;
    private final MemorySegment filter;
    private final MemorySegment capabilityHeader;
    private final MemorySegment noCapabilities;
    private final CountDownLatch confined = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    private volatile int listener = -1;
    private volatile int thread;
    private volatile int result;
    private volatile String failed = "";

    /** @param ruleset a Landlock ruleset */
    Confinement(Arena arena, SpawnRequest request, boolean root, int ruleset, byte[] instructions) {
        kernel = new Kernel(arena);
        this.request = request;
        this.root = root;
        this.ruleset = ruleset;
        MemorySegment code = arena.allocate(instructions.length, 8);
        MemorySegment.copy(instructions, 0, code, ValueLayout.JAVA_BYTE, 0, instructions.length);
        filter = arena.allocate(16, 8);
        filter.set(ValueLayout.JAVA_SHORT, 0, (short) (instructions.length / 8));
        filter.set(ValueLayout.ADDRESS, 8, code);
        capabilityHeader = arena.allocate(8, 8);
        capabilityHeader.set(ValueLayout.JAVA_INT, 0, CAPABILITY_VERSION);
        noCapabilities = arena.allocate(24, 8);
    }

    @Override
    public void run() {
        try {
            thread = (int) kernel.call(SystemCall.GETTID);
            if (confine()) {
                confined.countDown();
                result = request.spawn();
            }
        } finally {
            confined.countDown();
            done.countDown();
        }
    }

    private boolean confine() {
        if (refused("no_new_privs", kernel.call(SystemCall.PRCTL, SystemCall.PR_SET_NO_NEW_PRIVS, 1, 0, 0))) {
            return false;
        }
        if (root) {
            // Without this a program of root would get its capabilities back on its execution.
            if (refused(
                            "giving up root's privileges",
                            kernel.call(SystemCall.PRCTL, SystemCall.PR_SET_SECUREBITS, NO_ROOT_AND_LOCKED))
                    || refused(
                            "giving up capabilities",
                            kernel.call(SystemCall.CAPSET, capabilityHeader.address(), noCapabilities.address()))) {
                return false;
            }
        }
        if (refused("Landlock", kernel.call(SystemCall.LANDLOCK_RESTRICT_SELF, ruleset, 0))) {
            return false;
        }
        long descriptor =
                kernel.call(SystemCall.SECCOMP, SET_MODE_FILTER, NEW_LISTENER | WAIT_KILLABLE, filter.address());
        if (descriptor == EINVAL) {
            descriptor = kernel.call(SystemCall.SECCOMP, SET_MODE_FILTER, NEW_LISTENER, filter.address());
        }
        if (refused("seccomp", descriptor)) {
            return false;
        }
        listener = (int) descriptor;
        return true;
    }

    private boolean refused(String step, long outcome) {
        if (outcome < 0) {
            failed = step + ": " + Kernel.error(outcome);
        }
        return outcome < 0;
    }

    /** Waits until the thread is confined; the descriptor on which the kernel asks, to be closed by the caller. */
    int listener() throws SandboxException, InterruptedException {
        confined.await();
        if (listener < 0) {
            throw new SandboxException("cannot confine a program: " + (failed.isEmpty() ? "thread died" : failed));
        }
        return listener;
    }

    /** Whether the attempt to start the program is over. */
    boolean isDone() {
        return done.getCount() == 0;
    }

    void awaitDone() throws InterruptedException {
        done.await();
    }

    /** 0 or why the program could not be started, once done. */
    int result() {
        return result;
    }

    /** The kernel's number of the thread that starts the program. */
    int thread() {
        return thread;
    }
}
