package dev.goldline.judges.code.sandbox;

/** Why a run ended. A limit that was passed stands before whatever the program did then. */
public enum Ending {
    /** By itself, with an exit code. */
    EXITED,
    /** By a signal that was not ours. */
    SIGNALED,
    /** It used more processor time than allowed. */
    CPU_LIMIT,
    /** It was still there when the wall time was over. */
    WALL_LIMIT,
    /** It used more memory than allowed, or failed after asking for more at once than is allowed in all. */
    MEMORY_LIMIT,
    /** It wrote more than allowed, to a stream or to files. */
    OUTPUT_LIMIT,
    /** The other side of a conversation decided everything. */
    STOPPED
}
