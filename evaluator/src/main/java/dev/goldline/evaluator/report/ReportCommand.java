package dev.goldline.evaluator.report;

import dev.goldline.reports.Report;
import dev.goldline.reports.render.CsvReport;
import dev.goldline.reports.render.HtmlReport;
import dev.goldline.reports.render.JsonReport;
import dev.goldline.reports.render.MarkdownReport;
import dev.goldline.reports.render.TerminalReport;
import dev.goldline.reports.render.TranscriptSample;
import dev.goldline.reports.runlog.RunLogException;
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
        mixinStandardHelpOptions = true,
        description = "Leaderboard and token study from runs.",
        footer = {
            "",
            "Example:",
            "  ./goldline report runs/first-light --html report.html",
            "",
            "Without --json a table is printed. Exit code 0: done; 2: a folder is no run, its log is damaged, or the"
                    + " options are wrong; 3: a file could not be written."
        })
public final class ReportCommand implements Callable<Integer> {
    private static final int DONE = 0;
    private static final int INPUT_ERROR = 2;
    private static final int IMPOSSIBLE = 3;
    /** Columns where the terminal does not say. */
    private static final int DEFAULT_WIDTH = 120;

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
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        if (resamples < 100 || resamples > 100_000) {
            throw new ParameterException(command.commandLine(), "--resamples must be 100 to 100000, was " + resamples);
        }
        PrintWriter out = command.commandLine().getOut();
        PrintWriter err = command.commandLine().getErr();
        try {
            Report report = Report.of(runs, new Bootstrap(seed, resamples), clock);
            warnOfTornLines(report, err);
            write(report, err);
            out.print(json ? JsonReport.render(report) : TerminalReport.render(report, width()));
            out.flush();
            return DONE;
        } catch (RunLogException e) {
            err.println("report: " + e.getMessage());
            return INPUT_ERROR;
        } catch (IOException e) {
            err.println("report: could not be done: " + e);
            return IMPOSSIBLE;
        }
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

    private static void write(Path file, String text, PrintWriter err) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.writeString(file, text);
        err.println("wrote " + file);
    }

    private static void warnOfTornLines(Report report, PrintWriter err) {
        for (Report.RunFacts run : report.provenance().runs()) {
            if (run.tornBytes() > 0) {
                err.println("report: " + run.folder() + " ends in a torn line of " + run.tornBytes()
                        + " bytes, which is left out; resuming the run makes that attempt again");
            }
        }
    }

    private int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : DEFAULT_WIDTH;
    }
}
