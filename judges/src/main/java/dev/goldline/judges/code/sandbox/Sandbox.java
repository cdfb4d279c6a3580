package dev.goldline.judges.code.sandbox;

import java.util.function.IntPredicate;

/** Runs programs that nobody trusts. Safe for use by many threads; a call holds its thread until the program is gone. */
public interface Sandbox {
    /** What confines programs here, and what that guarantees. */
    Guarantees guarantees();

    /**
     * Runs a program to its end. When this returns no process of the run is left.
     *
     * @throws SandboxException if the program could not be started or confined: a failure of ours, not of the program
     * @throws InterruptedException if the calling thread was interrupted; the program has been killed
     */
    Execution run(Program program) throws SandboxException, InterruptedException;

    /**
     * Runs two programs, the output of each being the input of the other. Their {@link Program#input()} is not used.
     *
     * <p>A stream ends for its reader when its writer has ended, not before. What is still written to an interactor that
     * has ended is thrown away, so that the solution is not killed by a broken pipe.
     *
     * @param stops given the exit code of an interactor that ended first, whether that decides all, so that the solution
     *     is stopped at once
     */
    Conversation converse(Program interactor, Program solution, IntPredicate stops)
            throws SandboxException, InterruptedException;
}
