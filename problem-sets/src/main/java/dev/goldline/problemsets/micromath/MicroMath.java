package dev.goldline.problemsets.micromath;

import dev.goldline.problemsets.problem.MathAnswerProblem;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.problemsets.set.ProblemSet;
import dev.goldline.problemsets.set.Scale;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** The generator. Every method is a pure function of its arguments, on every machine. */
public final class MicroMath {
    public static final int LEVELS = 5;

    /** No checked solution has more {@link Solution#symbols() symbols}. */
    public static final int LONGEST_CHECKED = 380;

    /** No solution with a slip has more symbols: two attempts and two checks. */
    public static final int LONGEST_SLIPPED = 2 * LONGEST_CHECKED;

    private static final int MOST_REPEATS = 2_000;
    private static final int DRAWS = 100_000;

    private MicroMath() {}

    /**
     * One problem. Different indexes may give the same problem: at low levels there are only so many.
     *
     * @param level 1 to {@value #LEVELS}
     * @param index 0 or more; names the problem together with family and level
     * @throws IllegalArgumentException if level or index is out of range
     */
    public static MicroProblem problem(Family family, int level, Split split, long seed, long index) {
        if (level < 1 || level > LEVELS) {
            throw new IllegalArgumentException("level must be 1 to " + LEVELS + ", was " + level);
        }
        if (index < 0) {
            throw new IllegalArgumentException("index must be 0 or more, was " + index);
        }
        long mixed = mix(mix(mix(mix(seed) + family.ordinal()) + level * 2L + split.ordinal()) + index);
        SplittableRandom random = new SplittableRandom(mixed);
        Draw draw = new Draw(random, level);
        for (int i = 0; i < DRAWS; i++) {
            Exercise exercise = draw(family, draw);
            if (isWorthAsking(exercise) && Split.of(exercise.key()) == split && isShort(exercise)) {
                String statement = exercise.statement(random.nextInt(Exercise.PHRASINGS));
                String id = String.format(Locale.ROOT, "mm-%s-%d-%06d", family.label(), level, index);
                Map<String, String> tags = Map.of("level", Integer.toString(level));
                String answer = exercise.answer(exercise.truth());
                return new MicroProblem(
                        new MathAnswerProblem(id, statement, answer, 1, family.label(), tags), exercise, level);
            }
        }
        throw new IllegalStateException("no " + family.label() + " problem of level " + level + " for " + split);
    }

    /**
     * Different problems, spread evenly over families and levels: family by family at the first level, then at the next,
     * and round again.
     *
     * @param levels at least one, each 1 to {@value #LEVELS}
     * @throws IllegalArgumentException if a family has fewer problems at a level than its share
     */
    public static List<MicroProblem> sample(Split split, long seed, int n, List<Integer> levels) {
        if (n < 1 || levels.isEmpty()) {
            throw new IllegalArgumentException("a sample needs at least one problem and one level");
        }
        Family[] families = Family.values();
        Map<String, Long> next = new HashMap<>();
        Set<String> keys = HashSet.newHashSet(n);
        List<MicroProblem> sample = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            Family family = families[i % families.length];
            int level = levels.get(i / families.length % levels.size());
            long index = next.getOrDefault(family.label() + level, 0L);
            MicroProblem problem = problem(family, level, split, seed, index++);
            for (int repeats = 0; !keys.add(problem.key()); repeats++) {
                if (repeats == MOST_REPEATS) {
                    throw new IllegalArgumentException("fewer different " + family.label() + " problems of level "
                            + level + " than wanted; ask for fewer than " + n + " problems, or for more levels");
                }
                problem = problem(family, level, split, seed, index++);
            }
            next.put(family.label() + level, index);
            sample.add(problem);
        }
        return List.copyOf(sample);
    }

    /** A set of held-out problems: {@link #sample} of {@link Split#EVALUATION}. */
    public static ProblemSet set(String name, long seed, int n, List<Integer> levels) {
        return set(name, Split.EVALUATION, seed, n, levels);
    }

    /** A set from a {@link #sample}, a point each. */
    public static ProblemSet set(String name, Split split, long seed, int n, List<Integer> levels) {
        List<Problem> problems = new ArrayList<>(n);
        for (MicroProblem problem : sample(split, seed, n, levels)) {
            problems.add(problem.problem());
        }
        String description = "Small generated maths problems: " + n + " of the "
                + split.name().toLowerCase(Locale.ROOT)
                + " split, levels " + levels.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ", seed "
                + seed + ".";
        return new ProblemSet(
                name,
                description,
                "Apache-2.0",
                "Goldline's micro-math generator",
                "en",
                Scale.onePointEach(),
                problems);
    }

    private static boolean isShort(Exercise exercise) {
        return MicroProblem.checked(exercise).symbols() <= LONGEST_CHECKED;
    }

    private static Exercise draw(Family family, Draw draw) {
        return switch (family) {
            case REMAINDER -> Remainder.draw(draw);
            case GCD_LCM -> GcdLcm.draw(draw);
            case SERIES -> Series.draw(draw);
            case LINEAR_SYSTEM -> LinearSystem.draw(draw);
            case DIVISORS -> Divisors.draw(draw);
            case COUNTING -> Counting.draw(draw);
            case FRACTIONS -> Fractions.draw(draw);
        };
    }

    private static boolean isWorthAsking(Exercise exercise) {
        return switch (exercise) {
            case Remainder r -> r.a() >= r.m();
            case GcdLcm g -> g.isWorthAsking();
            case Series s -> true;
            case LinearSystem l -> l.isWorthAsking();
            case Divisors d -> d.isWorthAsking();
            case Counting c -> c.isWorthAsking();
            case Fractions f -> f.isWorthAsking();
        };
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014), variant 13 of Stafford. */
    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
