package dev.goldline.judges.code.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/** Opens files and pipes as descriptors that no other child of this process inherits. */
final class Descriptors {
    private static final int SET_STATUS_FLAGS = 4;
    private static final int SET_PIPE_SIZE = 1031;
    private static final int PIPE_BYTES = 1 << 20;

    private final Kernel kernel;
    private final Arena arena;

    Descriptors(Kernel kernel, Arena arena) {
        this.kernel = kernel;
        this.arena = arena;
    }

    /** The two ends of a pipe. */
    record Pipe(int read, int write) {}

    Pipe pipe() throws SandboxException {
        MemorySegment ends = arena.allocate(8, 4);
        long result = kernel.call(SystemCall.PIPE2, ends.address(), SystemCall.O_CLOEXEC);
        if (result < 0) {
            throw new SandboxException("cannot make a pipe: " + Kernel.error(result));
        }
        return new Pipe(ends.get(ValueLayout.JAVA_INT, 0), ends.get(ValueLayout.JAVA_INT, 4));
    }

    /** More room in a pipe, as far as this user may have it: fewer turns between writer and reader. */
    void enlarge(int end) {
        kernel.call(SystemCall.FCNTL, end, SET_PIPE_SIZE, PIPE_BYTES);
    }

    void neverWait(int end) {
        kernel.call(SystemCall.FCNTL, end, SET_STATUS_FLAGS, SystemCall.O_NONBLOCK);
    }

    int open(Path file) throws SandboxException {
        int result = (int) kernel.call(
                SystemCall.OPENAT,
                SystemCall.AT_FDCWD,
                arena.allocateFrom(file.toAbsolutePath().toString()).address(),
                SystemCall.O_RDONLY | SystemCall.O_CLOEXEC,
                0);
        if (result < 0) {
            throw new SandboxException("cannot open " + file + " as a program's input: " + Kernel.error(result));
        }
        return result;
    }
}
