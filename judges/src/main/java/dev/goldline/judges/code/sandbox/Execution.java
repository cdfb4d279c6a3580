package dev.goldline.judges.code.sandbox;

import java.time.Duration;

/**
 * How a run ended and what it used.
 *
 * @param exitCode 0 to 255 if {@link Ending#EXITED}, and whenever it exited though it had passed a limit; else -1
 * @param signal what killed it; 0 if none did
 * @param cpu processor time of all its processes, user and system
 * @param wall from start to end
 * @param peakMemoryBytes the most resident memory seen; see {@link Guarantees} for how
 * @param output standard output, as far as it was within the limit
 * @param errors the beginning of standard error, at most 64 KiB
 * @param detail what happened, in words for a person; empty if there is nothing to add
 */
public record Execution(
        Ending ending,
        int exitCode,
        int signal,
        Duration cpu,
        Duration wall,
        long peakMemoryBytes,
        byte[] output,
        byte[] errors,
        String detail) {
    /** Whether it ended by itself with this code, within all limits. */
    public boolean exited(int code) {
        return ending == Ending.EXITED && exitCode == code;
    }
}
