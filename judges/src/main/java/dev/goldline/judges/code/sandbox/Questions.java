package dev.goldline.judges.code.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Answers the kernel's questions about system calls of one run ({@code seccomp_unotify}): whether a new process or thread
 * may be made, that an execution is about to happen, that a process is about to end, that much memory is wanted.
 *
 * <p>No answer depends on memory of the program, which could change after it was looked at.
 */
final class Questions {
    /** Told of what happens in a run. */
    interface Observer {
        /** The first execution: the process is there, the program has not begun. */
        void starting(int pid) throws SandboxException;

        /** A process is about to end or to become another program. */
        void leaving(int pid);
    }

    private static final long RECEIVE = 0xc0502100L;
    private static final long SEND = 0xc0182101L;
    private static final int GO_ON = 1;
    private static final int QUESTION_BYTES = 80;
    private static final int CALL_OFFSET = 16;
    private static final int ARGUMENTS_OFFSET = 32;

    private final Kernel kernel;
    private final int listener;
    private final int starter;
    private final Limits limits;
    private final Observer observer;
    private final MemorySegment question;
    private final MemorySegment answer;

    private int pid = -1;
    private int created = 1;
    private int refusedTasks;
    private long largestWish;

    /** @param starter the thread that starts the program, whose own calls are always allowed */
    Questions(Kernel kernel, Arena arena, int listener, int starter, Limits limits, Observer observer) {
        this.kernel = kernel;
        this.listener = listener;
        this.starter = starter;
        this.limits = limits;
        this.observer = observer;
        question = arena.allocate(QUESTION_BYTES, 8);
        answer = arena.allocate(24, 8);
    }

    /** Answers one question that is waiting. */
    void answerOne() throws SandboxException {
        question.fill((byte) 0);
        if (kernel.call(SystemCall.IOCTL, listener, RECEIVE, question.address()) < 0) {
            // Its process was killed meanwhile.
            return;
        }
        int error = decide(
                question.get(ValueLayout.JAVA_INT, 8),
                question.get(ValueLayout.JAVA_INT, CALL_OFFSET),
                question.get(ValueLayout.JAVA_LONG, ARGUMENTS_OFFSET),
                question.get(ValueLayout.JAVA_LONG, ARGUMENTS_OFFSET + 8),
                question.get(ValueLayout.JAVA_LONG, ARGUMENTS_OFFSET + 16));
        answer.fill((byte) 0);
        answer.set(ValueLayout.JAVA_LONG, 0, question.get(ValueLayout.JAVA_LONG, 0));
        answer.set(ValueLayout.JAVA_INT, 16, -error);
        answer.set(ValueLayout.JAVA_INT, 20, error == 0 ? GO_ON : 0);
        kernel.call(SystemCall.IOCTL, listener, SEND, answer.address());
    }

    /** 0 to let the call go on, else the error it gets. */
    private int decide(int asker, int call, long first, long second, long third) throws SandboxException {
        return switch (call) {
            case SystemCall.EXECVE, SystemCall.EXECVEAT -> {
                if (pid < 0) {
                    pid = asker;
                    observer.starting(asker);
                } else {
                    observer.leaving(asker);
                }
                yield 0;
            }
            case SystemCall.EXIT_GROUP -> {
                if (pid >= 0) {
                    observer.leaving(asker);
                }
                yield 0;
            }
            case SystemCall.CLONE -> asker == starter ? 0 : newTask((first & SystemCall.CLONE_THREAD) != 0);
            case SystemCall.FORK, SystemCall.VFORK -> asker == starter ? 0 : newTask(false);
            case SystemCall.MMAP -> wish(second);
            case SystemCall.MREMAP -> wish(third);
            case SystemCall.KILL -> signal((int) first);
            case SystemCall.TKILL, SystemCall.TGKILL -> signal((int) first);
            default -> SystemCall.EPERM;
        };
    }

    private int newTask(boolean thread) {
        if (!thread && !limits.processes()) {
            refusedTasks++;
            return SystemCall.EPERM;
        }
        if (created >= limits.tasks()) {
            created = limits.processes() ? ProcessFiles.group(pid).tasks() : ProcessFiles.threads(pid);
        }
        if (created >= limits.tasks()) {
            refusedTasks++;
            return SystemCall.EAGAIN;
        }
        created++;
        return 0;
    }

    private int wish(long bytes) {
        largestWish = Math.max(largestWish, bytes);
        return 0;
    }

    private int signal(int target) {
        boolean own = target == 0 || target == -pid || (target > 0 && kernel.call(SystemCall.GETPGID, target) == pid);
        return own ? 0 : SystemCall.EPERM;
    }

    /** New processes and threads that were refused. */
    int refusedTasks() {
        return refusedTasks;
    }

    /** The most memory wanted at once, in bytes, if that was above the limit; else 0. */
    long largestWish() {
        return largestWish;
    }
}
