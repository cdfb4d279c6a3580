package dev.goldline.problemsets.micromath;

import dev.goldline.problemsets.problem.MathAnswerProblem;
import java.util.SplittableRandom;

/** A problem with its solutions. Immutable. */
public final class MicroProblem {
    private static final int SLIP_ATTEMPTS = 200;
    /** One slip in so many is made in the check instead of the solution. */
    private static final int SLIPS_IN_CHECK = 8;

    private final MathAnswerProblem problem;
    private final Exercise exercise;
    private final int level;

    MicroProblem(MathAnswerProblem problem, Exercise exercise, int level) {
        this.problem = problem;
        this.exercise = exercise;
        this.level = level;
    }

    public MathAnswerProblem problem() {
        return problem;
    }

    public Family family() {
        return exercise.family();
    }

    /** 1 to 5. */
    public int level() {
        return level;
    }

    /** Family and numbers, whatever the wording: problems with the same key are the same problem. */
    public String key() {
        return exercise.key();
    }

    /** The reference solution. All of it is to be learned. */
    public Solution solution(Length length) {
        Trace trace = unslipped();
        switch (length) {
            case BRIEF -> conclude(exercise, trace, exercise.brief(trace));
            case FULL -> conclude(exercise, trace, exercise.solve(trace));
            case CHECKED -> {
                return checked(exercise);
            }
        }
        return trace.solution();
    }

    static Solution checked(Exercise exercise) {
        Trace trace = unslipped();
        if (!attempt(exercise, trace)) {
            throw new IllegalStateException("the check of " + exercise.key() + " failed");
        }
        return trace.solution();
    }

    /**
     * A checked solution with one digit made wrong, mostly in the solution and sometimes in its check: what follows is
     * consistent with the wrong digit, the check says {@code no}, and all is done {@code again}, rightly.
     *
     * @param seed chooses the digit; same problem and seed, same solution
     */
    public Solution slipped(long seed) {
        SplittableRandom random = new SplittableRandom(MicroMath.mix(MicroMath.mix(seed) + key().hashCode()));
        Trace plain = unslipped();
        exercise.solve(plain);
        int solving = plain.results();
        int all = resultsOfAttempt();
        for (int i = 0; i < SLIP_ATTEMPTS; i++) {
            boolean inCheck = random.nextInt(SLIPS_IN_CHECK) == 0 && all > solving;
            Trace trace = new Trace(inCheck ? random.nextInt(solving, all) : random.nextInt(solving), random);
            if (isCaught(trace)) {
                trace.line("again");
                if (!attempt(exercise, trace)) {
                    throw new IllegalStateException("the second check of " + key() + " failed");
                }
                Solution solution = trace.solution();
                if (solution.symbols() <= MicroMath.LONGEST_SLIPPED) {
                    return solution;
                }
            }
        }
        throw new IllegalStateException("no slip in " + key() + " is ever caught by its check");
    }

    private boolean isCaught(Trace trace) {
        try {
            return !attempt(exercise, trace);
        } catch (Trace.Derailed e) {
            return false;
        }
    }

    private int resultsOfAttempt() {
        Trace trace = unslipped();
        attempt(exercise, trace);
        return trace.results();
    }

    private static Trace unslipped() {
        return new Trace(-1, new SplittableRandom(0));
    }

    private static void conclude(Exercise exercise, Trace trace, long[] found) {
        trace.note("ans=" + exercise.answer(found));
    }

    /** Solves and checks; writes the verdict. */
    private static boolean attempt(Exercise exercise, Trace trace) {
        boolean ok;
        try {
            long[] found = exercise.solve(trace);
            conclude(exercise, trace, found);
            trace.line("check");
            ok = exercise.check(trace, found);
        } catch (Trace.Uneven e) {
            ok = false;
        }
        trace.note(ok ? "ok" : "no");
        return ok;
    }

    @Override
    public String toString() {
        return "MicroProblem[" + problem.id() + ", " + key() + "]";
    }
}
