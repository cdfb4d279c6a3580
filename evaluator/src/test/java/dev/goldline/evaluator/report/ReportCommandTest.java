package dev.goldline.evaluator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.evaluator.console.CommandException;
import dev.goldline.evaluator.console.ExitStatus;
import dev.goldline.reports.Report;
import dev.goldline.reports.render.JsonReport;
import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.PromptTurn;
import dev.goldline.reports.runlog.RunLogException;
import dev.goldline.reports.runlog.RunLogWriter;
import dev.goldline.reports.runlog.RunSnapshot;
import dev.goldline.reports.runlog.StopReason;
import dev.goldline.reports.runlog.TokenText;
import dev.goldline.reports.runlog.TokenUsage;
import dev.goldline.reports.runlog.VerdictRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private @Nullable Exception failure;

    @Test
    void prints_a_table_and_exits_with_0() throws IOException {
        assertThat(report(run().toString())).isZero();
        assertThat(out.toString())
                .contains("bundled on micro-math", "Leaderboard", "standard", "50.0 % [", "4/4")
                .doesNotContain("NaN");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void prints_json_that_reads_back() throws IOException {
        assertThat(report(run().toString(), "--json", "--seed", "9")).isZero();
        Report report = JsonReport.parse(out.toString());
        assertThat(report.provenance().seed()).isEqualTo(9);
        assertThat(report.fields()
                        .getFirst()
                        .leaderboard()
                        .rows()
                        .getFirst()
                        .accuracy()
                        .orElseThrow()
                        .value())
                .isEqualTo(0.5);
    }

    @Test
    void writes_files_and_names_them() throws IOException {
        Path html = folder.resolve("new/report.html");
        Path markdown = folder.resolve("report.md");
        Path csv = folder.resolve("report.csv");
        assertThat(report(
                        run().toString(),
                        "--html",
                        html.toString(),
                        "--markdown",
                        markdown.toString(),
                        "--csv",
                        csv.toString()))
                .isZero();
        assertThat(html).content().startsWith("<!doctype html>").contains("<svg");
        assertThat(markdown).content().startsWith("# Goldline report");
        assertThat(csv).content().contains("\r\nbundled,sha256:0,micro-math,standard,,accuracy,0.5,");
        assertThat(err.toString()).contains("wrote " + html);
    }

    @Test
    void a_folder_that_is_no_run_is_an_input_error() {
        report(folder.toString());
        assertThat(failure)
                .isInstanceOf(RunLogException.class)
                .hasMessageContainingAll("no run at " + folder, "has no run.json");
    }

    @Test
    void a_file_that_cannot_be_written_is_no_input_error() throws IOException {
        report(run().toString(), "--csv", folder.toString());
        assertThat(failure)
                .isInstanceOfSatisfying(
                        CommandException.class,
                        known -> assertThat(known.status()).isEqualTo(ExitStatus.ENVIRONMENT))
                .hasMessageContaining("cannot write " + folder);
    }

    @Test
    void wrong_options_are_a_usage_error() throws IOException {
        assertThat(report()).isEqualTo(2);
        assertThat(report(run().toString(), "--resamples", "3")).isEqualTo(2);
        assertThat(err.toString()).contains("--resamples must be 100 to 100000, was 3");
    }

    @Test
    void a_torn_last_line_is_reported_and_left_out() throws IOException {
        Path run = run();
        Files.writeString(run.resolve("attempts.jsonl"), "{\"crc32c\":\"0", StandardOpenOption.APPEND);
        assertThat(report(run.toString())).isZero();
        assertThat(err.toString()).contains("ends in a torn line of 12 bytes");
    }

    private int report(String... arguments) {
        return new CommandLine(new ReportCommand(NOON, Map.of("COLUMNS", "200")))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((thrown, line, parsed) -> {
                    failure = thrown;
                    return 1;
                })
                .execute(arguments);
    }

    private Path run() throws IOException {
        Path run = folder.resolve("run");
        RunSnapshot snapshot = new RunSnapshot(
                RunSnapshot.SCHEMA_VERSION,
                "0.1.0",
                "run",
                new RunSnapshot.Model("bundled", "sha256:0"),
                List.of(new RunSnapshot.ModeSettings(Mode.STANDARD, 1, 0.95, 0, 256, OptionalInt.empty())),
                List.of(new RunSnapshot.SetFacts("micro-math", "sha256:1", 4)),
                1,
                7,
                "math-answer 1",
                "sha256:2",
                Map.of(),
                Instant.EPOCH);
        try (RunLogWriter writer = RunLogWriter.create(run, snapshot)) {
            for (int i = 0; i < 4; i++) {
                writer.append(attempt(i));
            }
        }
        return run;
    }

    private static AttemptRecord attempt(int i) {
        Outcome outcome = i % 2 == 0 ? Outcome.CORRECT : Outcome.WRONG;
        return new AttemptRecord(
                new AttemptKey("micro-math", "p" + i, "bundled", Mode.STANDARD, 0),
                new VerdictRecord(outcome, i % 2 == 0 ? 1 : 0, 1, "x", "1", ""),
                "sum",
                Map.of(),
                i,
                StopReason.STOP,
                "",
                List.of(new PromptTurn("user", "1 + 0")),
                Optional.of(TokenUsage.of(5, 0, 50 + i, 40)),
                Optional.empty(),
                Optional.empty(),
                TokenText.EMPTY,
                TokenText.builder().append("1", 50 + i).build(),
                Instant.EPOCH,
                Duration.ofMillis(100),
                Optional.empty());
    }
}
