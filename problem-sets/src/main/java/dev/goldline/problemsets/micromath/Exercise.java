package dev.goldline.problemsets.micromath;

/**
 * The numbers of one problem, and how to state, solve and check it.
 *
 * <p>What a solver finds is an array whose first values make the answer; further values are what the check needs.
 */
sealed interface Exercise permits Remainder, GcdLcm, Series, LinearSystem, Divisors, Counting, Fractions {
    /** Statements there are of each problem. */
    int PHRASINGS = 4;

    Family family();

    /** The numbers in canonical order: the same for two problems that differ only in wording or in order. */
    String key();

    /** The statement in one of {@link #PHRASINGS} wordings. */
    String statement(int phrasing);

    /** The answer in the notation of a box. */
    String answer(long[] found);

    /** What a right solution finds, by plain arithmetic; at least the values that make the answer. */
    long[] truth();

    /** Solves by big steps. */
    long[] brief(Trace t);

    /** Solves by small steps. */
    long[] solve(Trace t);

    /** Checks by another method; true if all agrees. */
    boolean check(Trace t, long[] found);
}
