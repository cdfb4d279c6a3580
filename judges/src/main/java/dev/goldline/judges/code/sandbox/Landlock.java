package dev.goldline.judges.code.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a program may do with files, by the kernel's Landlock. A ruleset names all rights this kernel knows; what no rule
 * allows is denied. Links, devices, sockets and named pipes cannot be made anywhere.
 *
 * @param abi what this kernel's Landlock can do: 1 files, 2 renaming between folders, 3 truncation, 4 TCP, 5 devices,
 *     6 signals and abstract sockets; 0 or less where there is none
 */
record Landlock(int abi) {
    static final int SCOPES_SIGNALS = 6;
    static final int KNOWS_TRUNCATE = 3;
    private static final int KNOWS_NETWORK = 4;

    private static final int VERSION_FLAG = 1;
    private static final int RULE_PATH_BENEATH = 1;

    private static final long EXECUTE = 1;
    private static final long WRITE_FILE = 1 << 1;
    private static final long READ_FILE = 1 << 2;
    private static final long READ_DIR = 1 << 3;
    private static final long REMOVE_DIR = 1 << 4;
    private static final long REMOVE_FILE = 1 << 5;
    private static final long MAKE_DIR = 1 << 7;
    private static final long MAKE_REG = 1 << 8;
    private static final long REFER = 1 << 13;
    private static final long TRUNCATE = 1 << 14;
    private static final long[] KNOWN = {0, (1 << 13) - 1, (1 << 14) - 1, (1 << 15) - 1, (1 << 15) - 1, (1 << 16) - 1};

    private static final long READ = EXECUTE | READ_FILE | READ_DIR;
    private static final long CHANGE =
            READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE;
    private static final long OF_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE;

    /** Programs and libraries, and what the C library, locales and time zones need. */
    private static final List<Path> SYSTEM = paths(
            "/usr",
            "/lib",
            "/lib64",
            "/bin",
            "/sbin",
            "/etc/ld.so.cache",
            "/etc/alternatives",
            "/etc/localtime",
            "/etc/python3",
            "/sys/devices/system/cpu",
            "/proc/meminfo",
            "/proc/cpuinfo",
            "/proc/sys/vm/overcommit_memory");

    private static final List<Path> DEVICES = paths("/dev/null", "/dev/zero", "/dev/full");
    private static final List<Path> RANDOM = paths("/dev/random", "/dev/urandom");

    private static List<Path> paths(String... names) {
        return List.of(names).stream().map(Path::of).filter(Files::exists).toList();
    }

    static Landlock probe(Kernel kernel) {
        return new Landlock((int) kernel.call(SystemCall.LANDLOCK_CREATE_RULESET, 0, 0, VERSION_FLAG));
    }

    /** A descriptor of a ruleset, to be closed by the caller. */
    int ruleset(Kernel kernel, Arena arena, FileAccess files) throws SandboxException {
        MemorySegment attribute = arena.allocate(24, 8);
        attribute.set(ValueLayout.JAVA_LONG, 0, known());
        // TCP: binding and connecting.
        attribute.set(ValueLayout.JAVA_LONG, 8, abi >= KNOWS_NETWORK ? 3 : 0);
        // Scopes: abstract sockets and signals.
        attribute.set(ValueLayout.JAVA_LONG, 16, abi >= SCOPES_SIGNALS ? 3 : 0);
        int size = abi >= SCOPES_SIGNALS ? 24 : abi >= KNOWS_NETWORK ? 16 : 8;
        int ruleset = (int) kernel.call(SystemCall.LANDLOCK_CREATE_RULESET, attribute.address(), size, 0);
        if (ruleset < 0) {
            throw new SandboxException("cannot make a Landlock ruleset: " + Kernel.error(ruleset));
        }
        try {
            allow(kernel, arena, ruleset, SYSTEM, READ);
            allow(kernel, arena, ruleset, RANDOM, READ_FILE);
            allow(kernel, arena, ruleset, DEVICES, READ_FILE | WRITE_FILE);
            if (files.proc()) {
                allow(kernel, arena, ruleset, List.of(Path.of("/proc")), READ_FILE | READ_DIR);
                allow(kernel, arena, ruleset, paths("/sys/fs/cgroup"), READ_FILE | READ_DIR);
            }
            allow(kernel, arena, ruleset, files.readable(), READ);
            allow(kernel, arena, ruleset, files.writable(), CHANGE);
            return ruleset;
        } catch (SandboxException e) {
            kernel.close(ruleset);
            throw e;
        }
    }

    private void allow(Kernel kernel, Arena arena, int ruleset, List<Path> paths, long rights) throws SandboxException {
        for (Path path : paths) {
            int opened = (int) kernel.call(
                    SystemCall.OPENAT,
                    SystemCall.AT_FDCWD,
                    arena.allocateFrom(path.toString()).address(),
                    SystemCall.O_PATH | SystemCall.O_CLOEXEC,
                    0);
            if (opened < 0) {
                throw new SandboxException("cannot allow " + path + ": " + Kernel.error(opened));
            }
            long allowed = rights & known() & (Files.isDirectory(path) ? -1 : OF_FILES);
            // Packed: eight bytes of rights, four of a descriptor.
            MemorySegment rule = arena.allocate(12, 8);
            rule.set(ValueLayout.JAVA_LONG, 0, allowed);
            rule.set(ValueLayout.JAVA_INT, 8, opened);
            long result = kernel.call(SystemCall.LANDLOCK_ADD_RULE, ruleset, RULE_PATH_BENEATH, rule.address(), 0);
            kernel.close(opened);
            if (result < 0) {
                throw new SandboxException("cannot allow " + path + ": " + Kernel.error(result));
            }
        }
    }

    private long known() {
        return KNOWN[Math.min(abi, KNOWN.length - 1)];
    }
}
