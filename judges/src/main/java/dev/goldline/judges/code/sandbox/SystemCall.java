package dev.goldline.judges.code.sandbox;

/** Numbers of Linux x86-64 system calls and of what they take; source: the kernel's headers. */
final class SystemCall {
    static final int READ = 0;
    static final int WRITE = 1;
    static final int CLOSE = 3;
    static final int POLL = 7;
    static final int MMAP = 9;
    static final int IOCTL = 16;
    static final int PREAD = 17;
    static final int MREMAP = 25;
    static final int CLONE = 56;
    static final int FORK = 57;
    static final int VFORK = 58;
    static final int EXECVE = 59;
    static final int WAIT4 = 61;
    static final int KILL = 62;
    static final int FCNTL = 72;
    static final int TRUNCATE = 76;
    static final int SETPGID = 109;
    static final int GETPGID = 121;
    static final int CAPSET = 126;
    static final int PRCTL = 157;
    static final int GETTID = 186;
    static final int TKILL = 200;
    static final int CLOCK_GETTIME = 228;
    static final int EXIT_GROUP = 231;
    static final int TGKILL = 234;
    static final int OPENAT = 257;
    static final int PIPE2 = 293;
    static final int PRLIMIT64 = 302;
    static final int SECCOMP = 317;
    static final int EXECVEAT = 322;
    static final int PIDFD_SEND_SIGNAL = 424;
    static final int PIDFD_OPEN = 434;
    static final int CLONE3 = 435;
    static final int LANDLOCK_CREATE_RULESET = 444;
    static final int LANDLOCK_ADD_RULE = 445;
    static final int LANDLOCK_RESTRICT_SELF = 446;

    static final int AT_FDCWD = -100;
    static final int O_RDONLY = 0;
    static final int O_NONBLOCK = 0x800;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;

    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ECHILD = 10;
    static final int ESRCH = 3;
    static final int ENOSYS = 38;

    static final int SIGKILL = 9;
    static final int SIGXCPU = 24;
    static final int SIGXFSZ = 25;

    static final int RLIMIT_CPU = 0;
    static final int RLIMIT_FSIZE = 1;
    static final int RLIMIT_DATA = 2;
    static final int RLIMIT_STACK = 3;
    static final int RLIMIT_CORE = 4;
    static final int RLIMIT_NOFILE = 7;

    static final int PR_SET_SECUREBITS = 28;
    static final int PR_SET_CHILD_SUBREAPER = 36;
    static final int PR_SET_NO_NEW_PRIVS = 38;

    static final long CLONE_THREAD = 0x10000;

    private SystemCall() {}
}
