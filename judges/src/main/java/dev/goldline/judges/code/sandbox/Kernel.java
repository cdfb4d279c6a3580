package dev.goldline.judges.code.sandbox;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Linux system calls, by number. One per thread that calls: each holds the place where the C library leaves its error
 * number. A result below 0 is that number, negated.
 */
final class Kernel {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = LINKER.defaultLookup();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = LINKER.downcallHandle(
            LIBRARY.findOrThrow("syscall"),
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1),
            Linker.Option.captureCallState("errno"));

    private final MemorySegment state;

    Kernel(Arena arena) {
        state = arena.allocate(STATE);
    }

    /** A function of the C library that takes pointers and gives an error number. */
    static MethodHandle function(String name, int arguments) {
        MemoryLayout[] pointers = new MemoryLayout[arguments];
        Arrays.fill(pointers, ADDRESS);
        return LINKER.downcallHandle(LIBRARY.findOrThrow(name), FunctionDescriptor.of(JAVA_INT, pointers));
    }

    /** A function of the C library of any shape. */
    static MethodHandle function(String name, FunctionDescriptor shape) {
        return LINKER.downcallHandle(LIBRARY.findOrThrow(name), shape);
    }

    long call(int number) {
        return call(number, 0, 0, 0, 0, 0, 0);
    }

    long call(int number, long a) {
        return call(number, a, 0, 0, 0, 0, 0);
    }

    long call(int number, long a, long b) {
        return call(number, a, b, 0, 0, 0, 0);
    }

    long call(int number, long a, long b, long c) {
        return call(number, a, b, c, 0, 0, 0);
    }

    long call(int number, long a, long b, long c, long d) {
        return call(number, a, b, c, d, 0, 0);
    }

    long call(int number, long a, long b, long c, long d, long e, long f) {
        long result;
        try {
            result = (long) SYSCALL.invokeExact(state, (long) number, a, b, c, d, e, f);
        } catch (Throwable e1) {
            throw new IllegalStateException("system call " + number, e1);
        }
        return result == -1 ? -(int) ERRNO.get(state, 0L) : result;
    }

    /** Closes a file descriptor, if there is one. */
    void close(int descriptor) {
        if (descriptor >= 0) {
            call(SystemCall.CLOSE, descriptor);
        }
    }

    /** An error number in words, such as {@code ENOENT (no such file)}. */
    static String error(long result) {
        int number = (int) -result;
        return switch (number) {
            case 1 -> "EPERM (not permitted)";
            case 2 -> "ENOENT (no such file)";
            case 7 -> "E2BIG (too many arguments)";
            case 8 -> "ENOEXEC (not an executable)";
            case 11 -> "EAGAIN (resources exhausted)";
            case 12 -> "ENOMEM (out of memory)";
            case 13 -> "EACCES (no permission)";
            case 20 -> "ENOTDIR (not a folder)";
            case 22 -> "EINVAL (invalid argument)";
            case 24 -> "EMFILE (too many open files)";
            case 38 -> "ENOSYS (not in this kernel)";
            case 40 -> "ELOOP (a link)";
            default -> "error " + number;
        };
    }
}
