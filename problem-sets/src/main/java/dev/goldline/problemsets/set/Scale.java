package dev.goldline.problemsets.set;

import java.util.List;

/**
 * What results are worth.
 *
 * @param pointsPerProblem points of a problem that names none itself, above 0
 * @param medals from the lowest line up; empty if the set has none
 */
public record Scale(double pointsPerProblem, List<MedalLine> medals) {
    /**
     * The least total of points that earns a medal.
     *
     * @param name such as {@code bronze}
     */
    public record MedalLine(String name, double points) {
        public MedalLine {
            if (name.isBlank()) {
                throw new IllegalArgumentException("a medal needs a name");
            }
            if (!(points > 0) || Double.isInfinite(points)) {
                throw new IllegalArgumentException(
                        "medal line '" + name + "' must be above 0, was " + Numbers.plain(points));
            }
        }
    }

    public Scale {
        if (!(pointsPerProblem > 0) || Double.isInfinite(pointsPerProblem)) {
            throw new IllegalArgumentException(
                    "points per problem must be above 0, was " + Numbers.plain(pointsPerProblem));
        }
        medals = List.copyOf(medals);
        for (int i = 1; i < medals.size(); i++) {
            MedalLine lower = medals.get(i - 1);
            MedalLine higher = medals.get(i);
            if (!(higher.points > lower.points)) {
                throw new IllegalArgumentException("medal line '" + higher.name + "' (" + Numbers.plain(higher.points)
                        + ") must lie above '" + lower.name + "' (" + Numbers.plain(lower.points)
                        + "); list medals from the lowest up");
            }
        }
    }

    /** A point a problem, and no medals. */
    public static Scale onePointEach() {
        return new Scale(1, List.of());
    }
}
