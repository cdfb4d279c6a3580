package dev.goldline.reports.study;

import dev.goldline.reports.attempts.AttemptFact;
import dev.goldline.reports.attempts.Field;
import dev.goldline.reports.runlog.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Scored attempts by output tokens.
 *
 * @param binWidth tokens a bin; bin i holds i·width up to but not including (i+1)·width
 * @param modes the counts of each mode, all with the same number of bins
 */
public record Histogram(long binWidth, List<ModeCounts> modes) {
    private static final int BINS = 24;

    public Histogram {
        modes = List.copyOf(modes);
    }

    /** Counts by bin: solved, truncated, and all others (wrong, partial, unknown). */
    public record ModeCounts(Mode mode, List<Integer> solved, List<Integer> unsolved, List<Integer> truncated) {
        public ModeCounts {
            solved = List.copyOf(solved);
            unsolved = List.copyOf(unsolved);
            truncated = List.copyOf(truncated);
        }

        /** How many attempts there are in all bins. */
        public int attempts() {
            return Stream.of(solved, unsolved, truncated)
                    .flatMap(List::stream)
                    .mapToInt(Integer::intValue)
                    .sum();
        }
    }

    static Histogram of(Field field) {
        long largest = field.modes().stream()
                .flatMap(mode -> mode.attempts().stream())
                .filter(AttemptFact::scored)
                .mapToLong(AttemptFact::outputTokens)
                .max()
                .orElse(0);
        long width = niceWidth(Math.max(1, largest));
        int bins = (int) (Math.max(0, largest) / width) + 1;
        List<ModeCounts> modes = new ArrayList<>();
        for (Field.ModeAttempts mode : field.modes()) {
            int[][] counts = new int[3][bins];
            for (AttemptFact fact : mode.attempts()) {
                if (fact.scored() && TokenStudy.counted(fact)) {
                    int kind = fact.solved() ? 0 : fact.truncated() ? 2 : 1;
                    counts[kind][(int) (fact.outputTokens() / width)]++;
                }
            }
            modes.add(new ModeCounts(mode.mode(), list(counts[0]), list(counts[1]), list(counts[2])));
        }
        return new Histogram(width, modes);
    }

    /** 1, 2 or 5 times a power of ten, so that there are at most {@link #BINS} bins. */
    private static long niceWidth(long largest) {
        long power = 1;
        while (true) {
            for (int digit : new int[] {1, 2, 5}) {
                if (largest / (digit * power) < BINS) {
                    return digit * power;
                }
            }
            power *= 10;
        }
    }

    private static List<Integer> list(int[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }
}
