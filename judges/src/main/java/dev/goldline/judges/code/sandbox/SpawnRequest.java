package dev.goldline.judges.code.sandbox;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The arguments of {@code posix_spawn}, laid out in native memory beforehand: the thread that makes the call is confined
 * already and should do nothing else. Signals are back to their defaults and unblocked, no descriptor above 2 is open.
 */
final class SpawnRequest {
    private static final MethodHandle SPAWN = Kernel.function("posix_spawn", 6);
    private static final MethodHandle ACTIONS_INIT = Kernel.function("posix_spawn_file_actions_init", 1);
    private static final MethodHandle ACTIONS_DESTROY = Kernel.function("posix_spawn_file_actions_destroy", 1);
    private static final MethodHandle ADD_DUP2 = Kernel.function(
            "posix_spawn_file_actions_adddup2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    private static final MethodHandle ADD_CHDIR = Kernel.function("posix_spawn_file_actions_addchdir_np", 2);
    private static final MethodHandle ADD_CLOSE_FROM = Kernel.function(
            "posix_spawn_file_actions_addclosefrom_np", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle ATTRIBUTES_INIT = Kernel.function("posix_spawnattr_init", 1);
    private static final MethodHandle SET_DEFAULT_SIGNALS = Kernel.function("posix_spawnattr_setsigdefault", 2);
    private static final MethodHandle SET_MASK = Kernel.function("posix_spawnattr_setsigmask", 2);
    private static final MethodHandle SET_FLAGS =
            Kernel.function("posix_spawnattr_setflags", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_SHORT));

    /** Above the sizes of the C library's opaque structures, 80, 336 and 128 bytes. */
    private static final int OPAQUE = 512;

    private static final short SET_SIGNAL_DEFAULTS_AND_MASK = 0x04 | 0x08;

    private final MemorySegment pid;
    private final MemorySegment path;
    private final MemorySegment actions;
    private final MemorySegment attributes;
    private final MemorySegment arguments;
    private final MemorySegment environment;

    SpawnRequest(Arena arena, Program program, int input, int output, int errors) {
        pid = arena.allocate(JAVA_INT);
        path = arena.allocateFrom(program.command().getFirst());
        arguments = strings(arena, program.command());
        environment = strings(
                arena,
                program.environment().entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .sorted()
                        .toList());
        actions = arena.allocate(OPAQUE, 16);
        attributes = arena.allocate(OPAQUE, 16);
        MemorySegment all = arena.allocate(OPAQUE, 16).fill((byte) -1);
        MemorySegment none = arena.allocate(OPAQUE, 16);
        MemorySegment folder = arena.allocateFrom(program.folder().toString());
        try {
            check((int) ACTIONS_INIT.invokeExact(actions));
            check((int) ADD_DUP2.invokeExact(actions, input, 0));
            check((int) ADD_DUP2.invokeExact(actions, output, 1));
            check((int) ADD_DUP2.invokeExact(actions, errors, 2));
            check((int) ADD_CLOSE_FROM.invokeExact(actions, 3));
            check((int) ADD_CHDIR.invokeExact(actions, folder));
            check((int) ATTRIBUTES_INIT.invokeExact(attributes));
            check((int) SET_DEFAULT_SIGNALS.invokeExact(attributes, all));
            check((int) SET_MASK.invokeExact(attributes, none));
            check((int) SET_FLAGS.invokeExact(attributes, SET_SIGNAL_DEFAULTS_AND_MASK));
        } catch (Throwable e) {
            throw new IllegalStateException("cannot lay out posix_spawn's arguments", e);
        }
    }

    /** Starts the program; 0 or an error number, negated. */
    int spawn() {
        try {
            return -(int) SPAWN.invokeExact(pid, path, actions, attributes, arguments, environment);
        } catch (Throwable e) {
            throw new IllegalStateException("posix_spawn", e);
        }
    }

    /** The process started, after {@link #spawn}. */
    int pid() {
        return pid.get(JAVA_INT, 0);
    }

    void free() {
        try {
            check((int) ACTIONS_DESTROY.invokeExact(actions));
        } catch (Throwable e) {
            throw new IllegalStateException("cannot free posix_spawn's arguments", e);
        }
    }

    private static void check(int error) {
        if (error != 0) {
            throw new IllegalStateException(Kernel.error(-error));
        }
    }

    private static MemorySegment strings(Arena arena, List<String> strings) {
        MemorySegment array = arena.allocate(ADDRESS, strings.size() + 1L);
        for (int i = 0; i < strings.size(); i++) {
            byte[] bytes = strings.get(i).getBytes(StandardCharsets.UTF_8);
            MemorySegment string = arena.allocate(bytes.length + 1L);
            MemorySegment.copy(bytes, 0, string, JAVA_BYTE, 0, bytes.length);
            array.setAtIndex(ADDRESS, i, string);
        }
        return array;
    }
}
