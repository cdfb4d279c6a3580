package dev.goldline.judges.code.sandbox;

import java.time.Duration;

/**
 * What a run may use.
 *
 * @param cpu processor time of the whole run, user and system; 1 ms to 1 day
 * @param wall time from start to end, above 0
 * @param memoryBytes resident memory; at least 1 MiB
 * @param outputBytes standard output and standard error together
 * @param fileBytes the largest file, and all files together, that the run may leave in folders it may write
 * @param tasks processes and threads alive at a time, at least 1
 * @param processes whether the program may start other processes; threads are always allowed
 */
public record Limits(
        Duration cpu, Duration wall, long memoryBytes, long outputBytes, long fileBytes, int tasks, boolean processes) {
    private static final long LEAST_MEMORY = 1 << 20;
    private static final Duration MOST_CPU = Duration.ofDays(1);

    public Limits {
        require(cpu.toMillis() >= 1 && cpu.compareTo(MOST_CPU) <= 0, "cpu", cpu, "1 ms to 1 day");
        require(wall.isPositive(), "wall", wall, "above 0");
        require(memoryBytes >= LEAST_MEMORY, "memory", memoryBytes, "at least 1 MiB");
        require(outputBytes >= 0, "output", outputBytes, "at least 0 bytes");
        require(fileBytes >= 0, "files", fileBytes, "at least 0 bytes");
        require(tasks >= 1, "tasks", tasks, "at least 1");
    }

    private static void require(boolean condition, String limit, Object value, String range) {
        if (!condition) {
            throw new IllegalArgumentException("limit " + limit + " is " + value + ", must be " + range);
        }
    }

    /** One process: {@code cpu} decides, the wall limit is twice that and a second more, output at most 8 MiB. */
    public static Limits of(Duration cpu, long memoryBytes) {
        return new Limits(cpu, cpu.multipliedBy(2).plusSeconds(1), memoryBytes, 8L << 20, 8L << 20, 64, false);
    }

    public Limits withWall(Duration other) {
        return new Limits(cpu, other, memoryBytes, outputBytes, fileBytes, tasks, processes);
    }

    public Limits withOutput(long bytes) {
        return new Limits(cpu, wall, memoryBytes, bytes, fileBytes, tasks, processes);
    }

    public Limits withFiles(long bytes) {
        return new Limits(cpu, wall, memoryBytes, outputBytes, bytes, tasks, processes);
    }

    /** Allows other processes; {@code most} processes and threads at a time. */
    public Limits withProcesses(int most) {
        return new Limits(cpu, wall, memoryBytes, outputBytes, fileBytes, most, true);
    }
}
