package dev.goldline.evaluator.run;

import dev.goldline.reports.Report;
import dev.goldline.reports.render.HtmlReport;
import dev.goldline.reports.render.JsonReport;
import dev.goldline.reports.render.TerminalReport;
import dev.goldline.reports.render.TranscriptSample;
import dev.goldline.reports.statistics.Bootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** What a finished run shows of itself: the same figures as the verb {@code report} computes. */
public final class RunReport {
    /** As the verb {@code report} has it by default. */
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 2000);

    private final Path folder;
    private final Report report;

    private RunReport(Path folder, Report report) {
        this.folder = folder;
        this.report = report;
    }

    public static RunReport of(Path folder) throws IOException {
        return new RunReport(folder, Report.of(List.of(folder), BOOTSTRAP, Clock.systemUTC()));
    }

    /**
     * The leaderboard and the modes compared, for a terminal.
     *
     * @param width its columns
     */
    public String summary(int width) {
        return TerminalReport.summary(report, width);
    }

    public String json() {
        return JsonReport.render(report);
    }

    /** Writes {@code report.html} into the run's folder and returns where it is. */
    public Path writeHtml() throws IOException {
        Path html = folder.resolve("report.html");
        return Files.writeString(html, HtmlReport.render(report, TranscriptSample.read(List.of(folder))));
    }
}
