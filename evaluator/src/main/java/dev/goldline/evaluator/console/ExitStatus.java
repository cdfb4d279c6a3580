package dev.goldline.evaluator.console;

/** What the command tells its caller on leaving. */
public final class ExitStatus {
    /** Done, and the thing examined is good. */
    public static final int GOOD = 0;

    /** Done, and the thing examined fell short: a parity miss, a failed gate. */
    public static final int FELL_SHORT = 1;

    /** The command line or an input file is at fault. */
    public static final int USAGE = 2;

    /** It could not be done here: the machine, the disk, a missing tool, a fault of ours. */
    public static final int ENVIRONMENT = 3;

    private ExitStatus() {}
}
