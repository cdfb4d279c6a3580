package dev.goldline.problemsets.bundled;

import dev.goldline.problemsets.micromath.Family;
import dev.goldline.problemsets.micromath.MicroMath;
import dev.goldline.problemsets.set.ProblemSet;
import java.util.List;
import java.util.Optional;

/** The sets that need no file. */
public final class BundledSets {
    /** Problems of each family in {@code micro-math}. */
    public static final int MICRO_MATH_EACH = 20;

    private static final long MICRO_MATH_SEED = 2026;

    private BundledSets() {}

    /** All names, in alphabetical order. */
    public static List<String> names() {
        return List.of("micro-math");
    }

    /**
     * The set of that name.
     *
     * @param name {@code micro-math}: {@value #MICRO_MATH_EACH} held-out problems of each family, over all levels
     */
    public static Optional<ProblemSet> find(String name) {
        return name.equals("micro-math")
                ? Optional.of(MicroMath.set(
                        name, MICRO_MATH_SEED, MICRO_MATH_EACH * Family.values().length, List.of(1, 2, 3, 4, 5)))
                : Optional.empty();
    }
}
