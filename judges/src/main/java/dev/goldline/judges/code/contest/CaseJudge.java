package dev.goldline.judges.code.contest;

import dev.goldline.judges.code.language.CompiledProgram;
import dev.goldline.judges.code.sandbox.Conversation;
import dev.goldline.judges.code.sandbox.Ending;
import dev.goldline.judges.code.sandbox.Execution;
import dev.goldline.judges.code.sandbox.Folders;
import dev.goldline.judges.code.sandbox.Input;
import dev.goldline.judges.code.sandbox.Limits;
import dev.goldline.judges.code.sandbox.Program;
import dev.goldline.judges.code.sandbox.Sandbox;
import dev.goldline.judges.code.sandbox.SandboxException;
import dev.goldline.judges.code.validator.Comparison;
import dev.goldline.judges.code.validator.DefaultValidator;
import dev.goldline.problemsets.contest.PackageLimits;
import dev.goldline.problemsets.contest.ProblemPackage;
import dev.goldline.problemsets.contest.ProblemPackage.Type;
import dev.goldline.problemsets.contest.TestCase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Runs a program on one case and judges what it wrote, pass by pass.
 *
 * <p>Order: time, memory, output limit, run time error, then the validators: 42 accepts, 43 rejects, all else is a judge
 * error. In a conversation a validator that ended first and rejected decides at once.
 */
final class CaseJudge {
    private static final int ACCEPTS = 42;
    private static final int REJECTS = 43;
    private static final int MIB = 20;
    private static final int TASKS = 128;
    private static final Duration WALL_MARGIN = Duration.ofMillis(500);

    private final Sandbox sandbox;
    private final ProblemPackage problem;
    private final List<CompiledProgram> validators;
    private final Path work;
    private final Duration timeLimit;
    private final Duration killLimit;

    /** @param killLimit at which a run is ended, at least {@code timeLimit}, above which it is too slow */
    CaseJudge(
            Sandbox sandbox,
            ProblemPackage problem,
            List<CompiledProgram> validators,
            Path work,
            Duration timeLimit,
            Duration killLimit) {
        this.sandbox = sandbox;
        this.problem = problem;
        this.validators = validators;
        this.work = work;
        this.timeLimit = timeLimit;
        this.killLimit = killLimit;
    }

    /** One pass: what became of the run, and of the validators. */
    private record Pass(CaseVerdict verdict, Execution run, String message) {}

    CaseResult judge(CompiledProgram program, TestCase testCase) throws InterruptedException {
        Path folder = work.resolve("case");
        try {
            Path feedback = Files.createDirectories(folder.resolve("feedback"));
            return judge(program, testCase, folder, new Feedback(feedback));
        } catch (SandboxException | IOException | IllegalArgumentException e) {
            return new CaseResult(
                    testCase.name(),
                    CaseVerdict.JE,
                    Duration.ZERO,
                    0,
                    OptionalDouble.empty(),
                    false,
                    String.valueOf(e.getMessage()));
        } finally {
            Folders.delete(folder);
        }
    }

    private CaseResult judge(CompiledProgram program, TestCase testCase, Path folder, Feedback feedback)
            throws SandboxException, InterruptedException, IOException {
        Path input = testCase.input();
        Duration cpu = Duration.ZERO;
        long memory = 0;
        for (int number = 1; ; number++) {
            Optional<Path> scratch = scratch(testCase, folder, number);
            Pass pass = problem.is(Type.INTERACTIVE)
                    ? converse(program, testCase, input, feedback, scratch)
                    : batch(program, testCase, input, feedback, scratch);
            cpu = cpu.compareTo(pass.run().cpu()) > 0 ? cpu : pass.run().cpu();
            memory = Math.max(memory, pass.run().peakMemoryBytes());
            Optional<Path> next = problem.is(Type.MULTI_PASS)
                    ? feedback.nextPass(folder.resolve("pass" + number + ".in"))
                    : Optional.empty();
            Pass judged = pass;
            if (next.isPresent() && pass.verdict() == CaseVerdict.WA) {
                judged = new Pass(CaseVerdict.JE, pass.run(), "the validator rejected and asked for another pass");
            } else if (next.isPresent() && pass.verdict() == CaseVerdict.AC) {
                if (number < problem.limits().validationPasses()) {
                    input = next.get();
                    continue;
                }
                judged = new Pass(
                        CaseVerdict.JE,
                        pass.run(),
                        "the validator asked for more than " + problem.limits().validationPasses() + " passes");
            }
            return result(testCase, judged, cpu, memory, feedback);
        }
    }

    private CaseResult result(TestCase testCase, Pass pass, Duration cpu, long memory, Feedback feedback) {
        Optional<Double> score = feedback.number("score.txt");
        Optional<Double> multiplier = feedback.number("score_multiplier.txt");
        boolean counts = problem.is(Type.SCORING)
                && !testCase.isSample()
                && (pass.verdict() == CaseVerdict.AC || pass.verdict() == CaseVerdict.WA);
        String fault = "";
        if (counts && score.isPresent() && multiplier.isPresent()) {
            fault = "the validator wrote both score.txt and score_multiplier.txt";
        } else if (counts
                && (score.orElse(0.0).isNaN() || multiplier.orElse(0.0).isNaN())) {
            fault = "the validator's score is no number of at least 0";
        }
        Optional<Double> given = score.isPresent() ? score : multiplier;
        return new CaseResult(
                testCase.name(),
                fault.isEmpty() ? pass.verdict() : CaseVerdict.JE,
                cpu,
                memory,
                counts && fault.isEmpty() && given.isPresent()
                        ? OptionalDouble.of(given.get())
                        : OptionalDouble.empty(),
                multiplier.isPresent(),
                fault.isEmpty() ? pass.message() : fault);
    }

    /** A folder to start in where a program may write, or gets files with the case. */
    private Optional<Path> scratch(TestCase testCase, Path folder, int pass) throws IOException {
        if (!problem.fileWriting() && testCase.files().isEmpty()) {
            return Optional.empty();
        }
        Path scratch = Files.createDirectory(folder.resolve("run" + pass));
        if (testCase.files().isPresent()) {
            SourceFolder.copy(testCase.files().get(), scratch);
        }
        return Optional.of(scratch);
    }

    private Pass batch(
            CompiledProgram program, TestCase testCase, Path input, Feedback feedback, Optional<Path> scratch)
            throws SandboxException, InterruptedException, IOException {
        Execution run = sandbox.run(program.run(testCase.arguments(), new Input.OfFile(input), runLimits(), scratch));
        Optional<CaseVerdict> failure = failure(run);
        if (failure.isPresent()) {
            return new Pass(failure.get(), run, failed(run));
        }
        if (validators.isEmpty()) {
            DefaultValidator validator = DefaultValidator.of(testCase.validatorArguments());
            try (InputStream answer = Files.newInputStream(testCase.answer())) {
                Comparison comparison = validator.compare(new ByteArrayInputStream(run.output()), answer);
                return new Pass(comparison.accepted() ? CaseVerdict.AC : CaseVerdict.WA, run, comparison.message());
            }
        }
        for (CompiledProgram validator : validators) {
            Execution validation =
                    sandbox.run(validation(validator, testCase, input, feedback, new Input.OfBytes(run.output())));
            Pass pass = validated(validation, run, feedback);
            if (pass.verdict() != CaseVerdict.AC) {
                return pass;
            }
        }
        return new Pass(CaseVerdict.AC, run, "");
    }

    private Pass converse(
            CompiledProgram program, TestCase testCase, Path input, Feedback feedback, Optional<Path> scratch)
            throws SandboxException, InterruptedException {
        Conversation talk = sandbox.converse(
                validation(validators.getFirst(), testCase, input, feedback, new Input.Empty()),
                program.run(testCase.arguments(), new Input.Empty(), runLimits(), scratch),
                code -> code != ACCEPTS);
        Execution run = talk.solution();
        Pass validation = validated(talk.interactor(), run, feedback);
        boolean decided = talk.interactorFirst() && validation.verdict() != CaseVerdict.AC;
        Optional<CaseVerdict> failure = failure(run);
        if (!decided && failure.isPresent()) {
            return new Pass(failure.get(), run, failed(run));
        }
        return validation;
    }

    private static Pass validated(Execution validation, Execution run, Feedback feedback) {
        String message = feedback.message().orElse("");
        if (validation.exited(ACCEPTS)) {
            return new Pass(CaseVerdict.AC, run, "");
        }
        if (validation.exited(REJECTS)) {
            return new Pass(CaseVerdict.WA, run, message);
        }
        return new Pass(
                CaseVerdict.JE,
                run,
                "the output validator gave neither 42 nor 43 but "
                        + (validation.ending() == Ending.EXITED
                                ? Integer.toString(validation.exitCode())
                                : validation.ending() + " " + validation.detail())
                        + "; " + message + shown(validation));
    }

    private Program validation(
            CompiledProgram validator, TestCase testCase, Path input, Feedback feedback, Input output) {
        PackageLimits limits = problem.limits();
        List<String> arguments =
                new ArrayList<>(List.of(input.toString(), testCase.answer().toString(), feedback.folder() + "/"));
        arguments.addAll(testCase.validatorArguments());
        Duration time = Duration.ofSeconds(limits.validationSeconds());
        Limits allowed = new Limits(
                time,
                time.multipliedBy(2).plus(killLimit.multipliedBy(2)).plusSeconds(2),
                (long) limits.validationMemoryMib() << MIB,
                (long) limits.validationOutputMib() << MIB,
                (long) limits.validationOutputMib() << MIB,
                TASKS,
                false);
        return validator.run(
                arguments,
                output,
                allowed,
                Optional.empty(),
                List.of(input, testCase.answer()),
                List.of(feedback.folder()));
    }

    private Limits runLimits() {
        PackageLimits limits = problem.limits();
        long output = (long) limits.outputMib() << MIB;
        return new Limits(
                killLimit,
                // For sleepers: twice the limit and a second, but never before the processor time can be used up.
                longer(timeLimit.multipliedBy(2).plusSeconds(1), killLimit.plus(WALL_MARGIN)),
                (long) limits.memoryMib() << MIB,
                output,
                output,
                TASKS,
                false);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private Optional<CaseVerdict> failure(Execution run) {
        boolean slow = run.cpu().compareTo(timeLimit) > 0;
        return switch (run.ending()) {
            case CPU_LIMIT, WALL_LIMIT -> Optional.of(CaseVerdict.TLE);
            case MEMORY_LIMIT -> Optional.of(CaseVerdict.MLE);
            case OUTPUT_LIMIT -> Optional.of(CaseVerdict.OLE);
            case SIGNALED -> Optional.of(slow ? CaseVerdict.TLE : CaseVerdict.RTE);
            case EXITED ->
                slow
                        ? Optional.of(CaseVerdict.TLE)
                        : run.exitCode() == 0 ? Optional.empty() : Optional.of(CaseVerdict.RTE);
            case STOPPED -> Optional.empty();
        };
    }

    private static String failed(Execution run) {
        String how = run.ending() == Ending.EXITED ? "exit code " + run.exitCode() : run.detail();
        return how + shown(run);
    }

    private static String shown(Execution run) {
        String errors = new String(run.errors(), StandardCharsets.UTF_8).strip();
        String end = errors.length() > 300 ? "..." + errors.substring(errors.length() - 300) : errors;
        return end.isEmpty() ? "" : "; stderr: " + end.replaceAll("\\s*\\R\\s*", " | ");
    }
}
