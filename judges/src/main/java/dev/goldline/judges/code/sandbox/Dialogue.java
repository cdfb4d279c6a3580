package dev.goldline.judges.code.sandbox;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Two runs joined by two pipes, of which this process keeps all ends until their owners have ended. */
final class Dialogue {
    private static final int CHUNK = 1 << 16;

    private final LandlockSandbox sandbox;
    private final Kernel kernel;
    private final Descriptors.Pipe toInteractor;
    private final Descriptors.Pipe toSolution;
    private final AtomicBoolean solutionEnded = new AtomicBoolean();
    private final AtomicBoolean interactorEnded = new AtomicBoolean();

    private volatile @Nullable Execution solutionResult;
    private volatile @Nullable Exception solutionFailure;

    Dialogue(LandlockSandbox sandbox, Kernel kernel, Descriptors.Pipe toInteractor, Descriptors.Pipe toSolution) {
        this.sandbox = sandbox;
        this.kernel = kernel;
        this.toInteractor = toInteractor;
        this.toSolution = toSolution;
    }

    Conversation hold(Program interactor, Program solution, IntPredicate stops)
            throws SandboxException, InterruptedException {
        Supervision solutionRun = null;
        Supervision interactorRun;
        try {
            solutionRun = new Supervision(sandbox, solution, toSolution.read(), toInteractor.write());
            interactorRun = new Supervision(sandbox, interactor, toInteractor.read(), toSolution.write());
        } catch (SandboxException e) {
            if (solutionRun != null) {
                solutionRun.closeAll();
            }
            closeBoth(toInteractor);
            closeBoth(toSolution);
            throw e;
        }
        Supervision toStop = solutionRun;
        Thread other =
                Thread.ofPlatform().daemon().name("sandbox-solution").start(() -> runSolution(toStop, interactorRun));
        try {
            Execution execution = interactorRun.run();
            boolean first = !solutionEnded.get();
            kernel.close(toSolution.write());
            if (first && stops.test(execution.ending() == Ending.EXITED ? execution.exitCode() : -1)) {
                toStop.stop();
            }
            interactorEnded.set(true);
            throwAway(kernel, toInteractor.read(), solutionEnded);
            other.join();
            return new Conversation(execution, solutionResult(), first);
        } finally {
            interactorEnded.set(true);
            toStop.stop();
            other.join();
            kernel.close(toInteractor.read());
            kernel.close(toSolution.read());
        }
    }

    private void runSolution(Supervision run, Supervision interactor) {
        Kernel own = new Kernel(Arena.ofAuto());
        try {
            solutionResult = run.run();
        } catch (SandboxException | InterruptedException | RuntimeException e) {
            solutionFailure = e;
            interactor.stop();
        } finally {
            solutionEnded.set(true);
            own.close(toInteractor.write());
            throwAway(own, toSolution.read(), interactorEnded);
        }
    }

    private Execution solutionResult() throws SandboxException {
        Execution result = solutionResult;
        if (result == null) {
            if (solutionFailure instanceof SandboxException known) {
                throw known;
            }
            throw new SandboxException("the solution's side of a conversation failed: " + solutionFailure);
        }
        return result;
    }

    /** Reads what is still written to a program that has ended, until the writer has ended too. */
    private static void throwAway(Kernel kernel, int end, AtomicBoolean writerEnded) {
        try (Arena arena = Arena.ofConfined()) {
            new Descriptors(kernel, arena).neverWait(end);
            MemorySegment buffer = arena.allocate(CHUNK);
            while (!writerEnded.get()) {
                if (kernel.call(SystemCall.READ, end, buffer.address(), CHUNK) <= 0) {
                    kernel.call(SystemCall.POLL, 0, 0, 1);
                }
            }
        }
    }

    private void closeBoth(Descriptors.Pipe pipe) {
        kernel.close(pipe.read());
        kernel.close(pipe.write());
    }
}
