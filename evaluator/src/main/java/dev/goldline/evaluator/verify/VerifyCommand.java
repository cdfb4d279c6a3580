package dev.goldline.evaluator.verify;

import dev.goldline.evaluator.console.CommandException;
import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.judges.code.contest.JudgeException;
import dev.goldline.judges.code.contest.PackageJudge;
import dev.goldline.judges.code.contest.Verification;
import dev.goldline.judges.code.contest.Verification.Status;
import dev.goldline.judges.code.language.Languages;
import dev.goldline.judges.code.language.Toolchain;
import dev.goldline.judges.code.sandbox.Folders;
import dev.goldline.judges.code.sandbox.Sandbox;
import dev.goldline.judges.code.sandbox.SandboxException;
import dev.goldline.judges.code.sandbox.Sandboxes;
import dev.goldline.problemsets.contest.PackageArchive;
import dev.goldline.problemsets.contest.PackageReader;
import dev.goldline.problemsets.contest.ProblemPackage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs every submission of a problem package and compares it with what the package declares. */
@Command(
        name = "verify",
        description = "A problem package: every submission against its declared expectation.",
        footer = {
            "",
            "Example:",
            "  ./goldline verify packages/hello",
            "",
            "Reads Kattis and ICPC packages, formats legacy, legacy-icpc, 2023-07 and 2025-09, from a folder or a zip.",
            "Exit status: 0 all as declared, 1 a submission got something else, 2 the package is malformed,",
            "3 it could not be judged here: no sandbox, a validator that fails, or nothing that could be run."
        })
public final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PACKAGE", description = "Folder that holds problem.yaml, or a .zip or .kpp of one.")
    private Path location = Path.of("");

    @Option(names = "--json", description = "Print JSON with every case instead of the table.")
    private boolean json;

    @Option(names = "--languages", paramLabel = "FILE", description = "YAML of further languages.")
    private @Nullable Path languageFile;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (Files.isRegularFile(location)) {
            Path folder = Files.createTempDirectory("goldline-package").toRealPath();
            try {
                return verify(PackageArchive.unpack(location, folder));
            } finally {
                Folders.delete(folder);
            }
        }
        return verify(location);
    }

    private int verify(Path folder) throws IOException, InterruptedException {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ProblemPackage problem = PackageReader.read(folder);
        Languages languages =
                languageFile == null ? Languages.bundled() : Languages.bundled().with(languageFile);
        try {
            Sandbox sandbox = Sandboxes.open();
            try (PackageJudge judge = new PackageJudge(sandbox, languages, Toolchain.ofSystem(), problem)) {
                Verification.Report report = Verification.verify(judge, problem, row -> {
                    if (!json) {
                        err.println("  " + row.submission().name() + ": " + row.status());
                    }
                });
                out.print(
                        json
                                ? VerificationText.json(problem, report, sandbox.guarantees())
                                : VerificationText.table(problem, report, sandbox.guarantees()));
                out.flush();
                return status(report);
            }
        } catch (SandboxException | JudgeException e) {
            throw CommandException.environment(String.valueOf(e.getMessage()), "see: ./goldline doctor")
                    .causedBy(e);
        }
    }

    private static int status(Verification.Report report) {
        if (report.count(Status.UNEXPECTED) > 0) {
            return ExitStatus.FELL_SHORT;
        }
        return report.count(Status.UNSCORED) > 0 || report.count(Status.AS_DECLARED) == 0
                ? ExitStatus.ENVIRONMENT
                : ExitStatus.GOOD;
    }
}
