package dev.goldline.judges.code.sandbox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The system calls a program may make, as a BPF program over {@code struct seccomp_data}: number at 0, architecture at
 * 4, arguments from 16, eight bytes each.
 *
 * <p>A list of what is denied, not of what is allowed: compilers and virtual machines use much of the kernel, and files
 * are Landlock's part. New processes, executions and the end of a process are put to the judge, who is listening: this is
 * how limits are set before the program's first instruction, how processes are counted, and how the peak of memory is read
 * while there still is a process to read it from.
 */
final class SeccompFilter {
    private static final int ALLOW = 0x7fff0000;
    private static final int ASK = 0x7fc00000;
    private static final int DENY = 0x00050000 | SystemCall.EPERM;
    private static final int ABSENT = 0x00050000 | SystemCall.ENOSYS;
    private static final int PRETEND = 0x00050000;

    private static final int LOAD = 0x20;
    private static final int IF_EQUAL = 0x15;
    private static final int IF_GREATER = 0x25;
    private static final int IF_AT_LEAST = 0x35;
    private static final int IF_ANY_BIT = 0x45;
    private static final int RETURN = 0x06;

    private static final int ARCHITECTURE_X86_64 = 0xc000003e;
    private static final int X32_BIT = 0x40000000;
    /** New namespaces of mounts, time, cgroups, names, messages, users, processes and network. */
    private static final int NEW_NAMESPACES = 0x7e020080;

    private static final int PROTECT_WRITE = 2;
    private static final int PUSH_INPUT = 0x5412;
    private static final int CONSOLE = 0x541c;

    /** Tracing, mounting, kernel modules and programs, keys, clocks, other processes' memory, escapes from the group. */
    private static final int[] DENIED = {
        41, // socket: no network, and no local services either
        29,
        64,
        68,
        240,
        319, // shared memory, semaphores, message queues, memfd: memory that outlives or hides
        101,
        310,
        311,
        312,
        438, // ptrace, process_vm_readv, process_vm_writev, kcmp, pidfd_getfd
        109,
        112, // setpgid, setsid: the process group is how the whole run is found and killed
        135,
        155,
        161,
        165,
        166,
        167,
        168,
        169, // personality, pivot_root, chroot, mount, umount2, swap, reboot
        428,
        429,
        430,
        431,
        432,
        433,
        442,
        467, // the newer calls of mounting
        170,
        171,
        172,
        173,
        179,
        443, // host and domain names, ports of the machine, quotas
        163,
        103,
        153, // accounting, the kernel's log, hanging up the terminal
        175,
        176,
        313,
        246,
        320, // modules and kernels
        164,
        159,
        227,
        305, // clocks
        248,
        249,
        250, // keys
        272,
        308, // unshare, setns
        298,
        321,
        323, // perf_event_open, bpf, userfaultfd
        425,
        426,
        427, // io_uring
        303,
        304,
        212,
        300,
        301, // handles of files, fanotify
        160,
        203,
        144,
        141,
        251,
        314, // limits, processor affinity, scheduling and its priorities
        133,
        259, // mknod, mknodat
        188,
        189,
        190,
        197,
        198,
        199,
        463,
        466, // extended attributes
        447 // memfd_secret
    };

    /**
     * Owners, modes and times of files, which Landlock does not cover: nothing happens, success is reported, since linkers
     * and archivers ask for it.
     */
    private static final int[] PRETENDED = {90, 91, 92, 93, 94, 132, 235, 260, 261, 268, 280, 452};

    private final ByteArrayOutputStream code = new ByteArrayOutputStream();

    private SeccompFilter() {}

    /**
     * The instructions, eight bytes each.
     *
     * @param memoryBytes the judge hears of a wish for more writable memory at once than this
     * @param askOfSignals whether the judge is asked before each signal, for kernels where Landlock cannot scope them
     * @param denyTruncate whether changing a file's length by its name is denied, for kernels where Landlock cannot
     */
    static byte[] instructions(long memoryBytes, boolean askOfSignals, boolean denyTruncate) {
        SeccompFilter filter = new SeccompFilter();
        filter.emit(LOAD, 0, 0, 4);
        filter.emit(IF_EQUAL, 1, 0, ARCHITECTURE_X86_64);
        filter.emit(RETURN, 0, 0, ABSENT);
        filter.emit(LOAD, 0, 0, 0);
        filter.emit(IF_AT_LEAST, 0, 1, X32_BIT);
        filter.emit(RETURN, 0, 0, ABSENT);
        filter.when(SystemCall.CLONE3, ABSENT);
        for (int call : DENIED) {
            filter.when(call, DENY);
        }
        for (int call : PRETENDED) {
            filter.when(call, PRETEND);
        }
        for (int call : new int[] {
            SystemCall.FORK, SystemCall.VFORK, SystemCall.EXECVE, SystemCall.EXECVEAT, SystemCall.EXIT_GROUP
        }) {
            filter.when(call, ASK);
        }
        if (askOfSignals) {
            for (int call : new int[] {SystemCall.KILL, SystemCall.TKILL, SystemCall.TGKILL}) {
                filter.when(call, ASK);
            }
            // rt_sigqueueinfo, rt_tgsigqueueinfo
            for (int call : new int[] {129, 297, SystemCall.PIDFD_SEND_SIGNAL}) {
                filter.when(call, DENY);
            }
        }
        if (denyTruncate) {
            filter.when(SystemCall.TRUNCATE, DENY);
        }
        filter.namespaces();
        filter.terminals();
        filter.limits();
        filter.largeMapping(SystemCall.MMAP, 1, true, memoryBytes);
        filter.largeMapping(SystemCall.MREMAP, 2, false, memoryBytes);
        filter.emit(RETURN, 0, 0, ALLOW);
        return filter.code.toByteArray();
    }

    private void when(int call, int action) {
        emit(IF_EQUAL, 0, 1, call);
        emit(RETURN, 0, 0, action);
    }

    private void namespaces() {
        emit(IF_EQUAL, 0, 4, SystemCall.CLONE);
        emit(LOAD, 0, 0, argument(0));
        emit(IF_ANY_BIT, 0, 1, NEW_NAMESPACES);
        emit(RETURN, 0, 0, DENY);
        emit(RETURN, 0, 0, ASK);
    }

    /** Typing into the terminal the judge was started from. */
    private void terminals() {
        emit(IF_EQUAL, 0, 5, SystemCall.IOCTL);
        emit(LOAD, 0, 0, argument(1));
        emit(IF_EQUAL, 1, 0, PUSH_INPUT);
        emit(IF_EQUAL, 0, 1, CONSOLE);
        emit(RETURN, 0, 0, DENY);
        emit(RETURN, 0, 0, ALLOW);
    }

    /** Limits may be read, not set: the third argument is where the new ones are. */
    private void limits() {
        emit(IF_EQUAL, 0, 6, SystemCall.PRLIMIT64);
        emit(LOAD, 0, 0, argument(2));
        emit(IF_EQUAL, 0, 2, 0);
        emit(LOAD, 0, 0, argument(2) + 4);
        emit(IF_EQUAL, 1, 0, 0);
        emit(RETURN, 0, 0, DENY);
        emit(RETURN, 0, 0, ALLOW);
    }

    private void largeMapping(int call, int length, boolean hasProtection, long bytes) {
        int high = (int) (bytes >>> 32);
        int low = (int) bytes;
        emit(IF_EQUAL, 0, hasProtection ? 9 : 7, call);
        emit(LOAD, 0, 0, argument(length) + 4);
        emit(IF_GREATER, 3, 0, high);
        emit(IF_EQUAL, 0, hasProtection ? 5 : 3, high);
        emit(LOAD, 0, 0, argument(length));
        emit(IF_GREATER, 0, hasProtection ? 3 : 1, low);
        if (hasProtection) {
            emit(LOAD, 0, 0, argument(2));
            emit(IF_ANY_BIT, 0, 1, PROTECT_WRITE);
        }
        emit(RETURN, 0, 0, ASK);
        emit(RETURN, 0, 0, ALLOW);
    }

    private static int argument(int index) {
        return 16 + 8 * index;
    }

    /** @param yes instructions to skip if the condition holds; {@code no} if not */
    private void emit(int operation, int yes, int no, int operand) {
        ByteBuffer instruction = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        instruction.putShort((short) operation).put((byte) yes).put((byte) no).putInt(operand);
        code.writeBytes(instruction.array());
    }
}
