package dev.goldline.judges.code.contest;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * One case judged.
 *
 * @param name of the case
 * @param cpu processor time; of the slowest pass if there were several
 * @param score what the validator gave, if it gave one
 * @param multiplier whether {@code score} is a factor of the case's maximum
 * @param message the reason, for a person
 */
public record CaseResult(
        String name,
        CaseVerdict verdict,
        Duration cpu,
        long memoryBytes,
        OptionalDouble score,
        boolean multiplier,
        String message) {}
