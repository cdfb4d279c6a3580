package dev.goldline.problemsets.problem;

import java.util.Map;

/** One thing to solve. */
public sealed interface Problem permits MathAnswerProblem {
    /** Unique in its set: letters, digits, {@code . _ -}; at most 128 characters. */
    String id();

    Track track();

    /** What the model reads. */
    String statement();

    /** The most points an attempt can get, above 0. */
    double points();

    /** Groups problems in reports, such as {@code remainder}; empty if the set has no families. */
    String family();

    /** Further facts for reports, such as {@code level}; in file order. */
    Map<String, String> tags();
}
