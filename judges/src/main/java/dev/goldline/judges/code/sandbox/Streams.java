package dev.goldline.judges.code.sandbox;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The judge's ends of a program's standard streams. Nothing here ever waits. */
final class Streams {
    private static final int CHUNK = 1 << 16;
    private static final int MOST_ERRORS = 1 << 16;

    private final Kernel kernel;
    private final MemorySegment buffer;
    private final long limit;
    private final byte[] input;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private int inputEnd;
    private int outputEnd;
    private int errorEnd;
    private int written;
    private long total;

    /** @param limit bytes of output and errors together; each end is a descriptor, closed here, or -1 */
    Streams(Kernel kernel, Arena arena, int inputEnd, byte[] input, int outputEnd, int errorEnd, long limit) {
        this.kernel = kernel;
        this.limit = limit;
        this.input = input;
        this.inputEnd = inputEnd;
        this.outputEnd = outputEnd;
        this.errorEnd = errorEnd;
        buffer = arena.allocate(CHUNK);
    }

    int inputEnd() {
        return inputEnd;
    }

    int outputEnd() {
        return outputEnd;
    }

    int errorEnd() {
        return errorEnd;
    }

    /** Gives the program more of its input, as far as it takes it now. */
    void feed() {
        while (inputEnd >= 0 && written < input.length) {
            int chunk = Math.min(CHUNK, input.length - written);
            MemorySegment.copy(input, written, buffer, ValueLayout.JAVA_BYTE, 0, chunk);
            long result = kernel.call(SystemCall.WRITE, inputEnd, buffer.address(), chunk);
            if (result == -SystemCall.EAGAIN || result == -SystemCall.EINTR) {
                return;
            }
            if (result < 0) {
                break;
            }
            written += (int) result;
        }
        kernel.close(inputEnd);
        inputEnd = -1;
    }

    /** Takes what the program has written to its standard output; false once the limit is passed. */
    boolean takeOutput() {
        int taken = take(outputEnd, output, Integer.MAX_VALUE);
        if (taken < 0) {
            kernel.close(outputEnd);
            outputEnd = -1;
        }
        return total <= limit;
    }

    /** Takes what it has written to its standard error; false once the limit is passed. */
    boolean takeErrors() {
        int taken = take(errorEnd, errors, MOST_ERRORS);
        if (taken < 0) {
            kernel.close(errorEnd);
            errorEnd = -1;
        }
        return total <= limit;
    }

    /** At most one chunk; -1 at the end of the stream. */
    private int take(int end, ByteArrayOutputStream into, int keep) {
        long result = kernel.call(SystemCall.READ, end, buffer.address(), CHUNK);
        if (result == -SystemCall.EAGAIN || result == -SystemCall.EINTR) {
            return 0;
        }
        if (result <= 0) {
            return -1;
        }
        long room = Math.max(0, Math.min(Math.min(result, limit - total), (long) keep - into.size()));
        total += result;
        into.write(buffer.asSlice(0, room).toArray(ValueLayout.JAVA_BYTE), 0, (int) room);
        return (int) result;
    }

    /** Takes what is left after the program is gone: never waits for an end that somebody else may hold. */
    void drain() {
        while (outputEnd >= 0 && total <= limit && take(outputEnd, output, Integer.MAX_VALUE) > 0) {
            continue;
        }
        while (errorEnd >= 0 && total <= limit && take(errorEnd, errors, MOST_ERRORS) > 0) {
            continue;
        }
    }

    boolean withinLimit() {
        return total <= limit;
    }

    byte[] output() {
        return output.toByteArray();
    }

    byte[] errors() {
        return errors.toByteArray();
    }

    void close() {
        kernel.close(inputEnd);
        kernel.close(outputEnd);
        kernel.close(errorEnd);
        inputEnd = -1;
        outputEnd = -1;
        errorEnd = -1;
    }
}
