package dev.goldline.judges.code.contest;

import dev.goldline.judges.code.language.Build;
import dev.goldline.judges.code.language.CompiledProgram;
import dev.goldline.judges.code.language.Compiler;
import dev.goldline.judges.code.language.Language;
import dev.goldline.judges.code.language.Languages;
import dev.goldline.judges.code.language.Toolchain;
import dev.goldline.judges.code.sandbox.Folders;
import dev.goldline.judges.code.sandbox.Sandbox;
import dev.goldline.judges.code.sandbox.SandboxException;
import dev.goldline.problemsets.contest.PackageLimits;
import dev.goldline.problemsets.contest.ProblemPackage;
import dev.goldline.problemsets.contest.ProblemPackage.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Judges submissions to one package. Validators are compiled once, each submission once. Not for several threads: runs
 * that are timed want the machine to themselves.
 */
public final class PackageJudge implements AutoCloseable {
    private final Sandbox sandbox;
    private final Languages languages;
    private final Toolchain tools;
    private final ProblemPackage problem;
    private final Path work;
    private final List<CompiledProgram> validators = new ArrayList<>();
    private int programs;

    /**
     * Compiles the package's validators.
     *
     * @throws JudgeException if one cannot be compiled, or the package is of a type that is not judged here
     */
    public PackageJudge(Sandbox sandbox, Languages languages, Toolchain tools, ProblemPackage problem)
            throws JudgeException, InterruptedException, IOException {
        if (problem.is(Type.SUBMIT_ANSWER)) {
            throw new JudgeException(problem.root() + " is of type submit-answer, which is not judged here");
        }
        this.sandbox = sandbox;
        this.languages = languages;
        this.tools = tools;
        this.problem = problem;
        work = Files.createTempDirectory("goldline-judge").toRealPath();
        boolean ready = false;
        try {
            for (Path validator : problem.validators()) {
                switch (compile(validator, false)) {
                    case Build.Ready(CompiledProgram program) -> validators.add(program);
                    case Build.Refused(String message) ->
                        throw new JudgeException("cannot compile the output validator " + validator + ": " + message);
                }
            }
            ready = true;
        } catch (SandboxException e) {
            throw new JudgeException(String.valueOf(e.getMessage()));
        } finally {
            if (!ready) {
                close();
            }
        }
    }

    /** Whether a program's language has its tools on this machine. */
    public boolean canRun(List<Path> files) {
        Language language = languages.of(files);
        String tool = language.compile().isEmpty()
                ? language.run().getFirst()
                : language.compile().getFirst();
        return tools.find(tool).isPresent();
    }

    /**
     * Judges a program over all the package's data.
     *
     * @param program a file or a folder
     * @param timeLimit above which a run is too slow
     * @param killLimit at which a run is ended
     */
    public SubmissionResult judge(Path program, Duration timeLimit, Duration killLimit)
            throws InterruptedException, IOException {
        Build build;
        try {
            build = compile(program, true);
        } catch (SandboxException e) {
            return new SubmissionResult(
                    CaseVerdict.JE, OptionalDouble.empty(), List.of(), String.valueOf(e.getMessage()));
        }
        return switch (build) {
            case Build.Refused(String message) ->
                new SubmissionResult(CaseVerdict.CE, OptionalDouble.empty(), List.of(), message);
            case Build.Ready(CompiledProgram compiled) -> {
                CaseJudge judge = new CaseJudge(sandbox, problem, validators, work, timeLimit, killLimit);
                try {
                    yield new Grading(problem, testCase -> judge.judge(compiled, testCase)).grade();
                } finally {
                    Folders.delete(compiled.folder());
                }
            }
        };
    }

    private Build compile(Path program, boolean submission) throws SandboxException, InterruptedException, IOException {
        Path folder = Files.createDirectory(work.resolve("program" + ++programs));
        SourceFolder.copyProgram(program, folder);
        PackageLimits limits = problem.limits();
        if (submission) {
            long bytes = size(folder);
            if (bytes > limits.codeKib() * 1024L) {
                return new Build.Refused(
                        "the sources have " + bytes + " bytes, more than " + limits.codeKib() + " KiB");
            }
        }
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        Language language = languages.of(files);
        if (submission) {
            Optional<Path> include = problem.includes()
                    .map(includes -> Files.isDirectory(includes.resolve(language.code()))
                            ? includes.resolve(language.code())
                            : includes.resolve("default"))
                    .filter(Files::isDirectory);
            if (include.isPresent()) {
                SourceFolder.copy(include.get(), folder);
            }
        }
        return new Compiler(
                        sandbox,
                        tools,
                        Duration.ofSeconds(limits.compilationSeconds()),
                        (long) limits.compilationMemoryMib() << 20)
                .compile(language, folder);
    }

    private static long size(Path folder) throws IOException {
        long bytes = 0;
        try (var walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }

    /** Deletes everything that was made. */
    @Override
    public void close() {
        Folders.delete(work);
    }
}
