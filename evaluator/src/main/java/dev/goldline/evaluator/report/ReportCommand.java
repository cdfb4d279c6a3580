package dev.goldline.evaluator.report;

import dev.goldline.evaluator.console.CommandException;
import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.evaluator.console.TerminalWidth;
import dev.goldline.reports.Report;
import dev.goldline.reports.render.CsvReport;
import dev.goldline.reports.render.HtmlReport;
import dev.goldline.reports.render.JsonReport;
import dev.goldline.reports.render.MarkdownReport;
import dev.goldline.reports.render.TerminalReport;
import dev.goldline.reports.render.TranscriptSample;
import dev.goldline.reports.statistics.Bootstrap;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints or writes what some runs mean. */
@Command(
        name = "report",
        description = "Leaderboard and token study from runs.",
        footer = {
            "",
            "Example:",
            "  ./goldline report runs/first-light --html report.html",
            "",
            "Without --json a table is printed. Exit status: 0 done, 2 a folder is no run, its log is damaged,",
            "or the options are wrong, 3 a file could not be written."
        })
public final class ReportCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Folder of a run.")
    private List<Path> runs = List.of();

    @Option(names = "--html", paramLabel = "FILE", description = "Write one self-contained HTML page.")
    private @Nullable Path html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write Markdown.")
    private @Nullable Path markdown;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write CSV, one figure a line.")
    private @Nullable Path csv;

    @Option(names = "--json", description = "Print JSON with every figure instead of the table.")
    private boolean json;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the bootstrap (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--resamples",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Resamples of the bootstrap, 100 to 100000 (default: ${DEFAULT-VALUE}).")
    private int resamples;

    @Spec
    private @Nullable CommandSpec spec;

    private final Clock clock;
    private final Map<String, String> environment;

    public ReportCommand() {
        this(Clock.systemUTC(), System.getenv());
    }

    ReportCommand(Clock clock, Map<String, String> environment) {
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public Integer call() throws IOException {
        CommandSpec command = Objects.requireNonNull(spec);
        if (resamples < 100 || resamples > 100_000) {
            throw new ParameterException(command.commandLine(), "--resamples must be 100 to 100000, was " + resamples);
        }
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        Report report = Report.of(runs, new Bootstrap(seed, resamples), clock);
        warnOfTornLines(report, err);
        write(report, err);
        out.print(json ? JsonReport.render(report) : TerminalReport.render(report, TerminalWidth.of(environment)));
        out.flush();
        return ExitStatus.GOOD;
    }

    private void write(Report report, PrintWriter err) throws IOException {
        if (html != null) {
            write(html, HtmlReport.render(report, TranscriptSample.read(runs)), err);
        }
        if (markdown != null) {
            write(markdown, MarkdownReport.render(report), err);
        }
        if (csv != null) {
            write(csv, CsvReport.render(report), err);
        }
    }

    private static void write(Path file, String text, PrintWriter err) {
        try {
            Path parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw CommandException.environment(
                            "cannot write " + file + ": " + e.getMessage(), "name another file, or free the disk")
                    .causedBy(e);
        }
        err.println("wrote " + file);
    }

    private static void warnOfTornLines(Report report, PrintWriter err) {
        for (Report.RunFacts run : report.provenance().runs()) {
            if (run.tornBytes() > 0) {
                err.println(run.folder() + " ends in a torn line of " + run.tornBytes()
                        + " bytes, which is left out; resuming the run makes that attempt again");
            }
        }
    }
}
