package dev.goldline.problemsets.problem;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A problem with one final answer.
 *
 * @param answer the gold answer, in the notation a solver would box
 */
public record MathAnswerProblem(
        String id, String statement, String answer, double points, String family, Map<String, String> tags)
        implements Problem {
    public MathAnswerProblem {
        if (!id.matches("[A-Za-z0-9._-]{1,128}")) {
            throw new IllegalArgumentException(
                    "id '" + id + "' must be 1 to 128 letters, digits, dots, underscores or hyphens");
        }
        if (statement.isBlank()) {
            throw new IllegalArgumentException("problem " + id + " has a blank statement");
        }
        if (answer.isBlank()) {
            throw new IllegalArgumentException("problem " + id + " has a blank answer");
        }
        if (!(points > 0) || Double.isInfinite(points)) {
            throw new IllegalArgumentException("problem " + id + " must have points above 0, has " + points);
        }
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    @Override
    public Track track() {
        return Track.MATH_ANSWER;
    }
}
