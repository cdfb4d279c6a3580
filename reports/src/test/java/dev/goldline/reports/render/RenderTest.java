package dev.goldline.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.reports.ExampleRun;
import dev.goldline.reports.Report;
import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.PromptTurn;
import dev.goldline.reports.runlog.RunLogWriter;
import dev.goldline.reports.runlog.RunSnapshot;
import dev.goldline.reports.runlog.StopReason;
import dev.goldline.reports.runlog.TokenText;
import dev.goldline.reports.runlog.VerdictRecord;
import dev.goldline.reports.statistics.Bootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RenderTest {
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);
    private static final Clock LATER = Clock.fixed(Instant.parse("2026-01-03T12:00:00Z"), ZoneOffset.UTC);
    private static final Bootstrap BOOTSTRAP = new Bootstrap(1, 300);

    @TempDir
    Path folder;

    @Test
    void the_same_attempts_in_any_order_give_the_same_bytes_but_for_the_time() throws IOException {
        Path first = folder.resolve("a/run");
        Path second = folder.resolve("b/run");
        ExampleRun.write(first, 12, 3, 1);
        ExampleRun.write(second, 12, 3, 2);
        String one = html(first, NOON).replace(first.toString(), "");
        String two = html(second, LATER).replace(second.toString(), "");

        assertThat(two.replace("2026-01-03", "2026-01-02")).isEqualTo(one);
        assertThat(one.split("2026-01-02T12", -1)).hasSize(2);
    }

    @Test
    void json_holds_every_figure() throws IOException {
        ExampleRun.write(folder, 12, 3, 1);
        Report report = Report.of(List.of(folder), BOOTSTRAP, NOON);

        assertThat(JsonReport.parse(JsonReport.render(report))).isEqualTo(report);
        assertThat(JsonReport.render(Report.of(List.of(folder), BOOTSTRAP, NOON)))
                .isEqualTo(JsonReport.render(report));
    }

    @Test
    void the_page_forbids_all_script_and_foreign_content_and_has_charts_and_tables() throws IOException {
        ExampleRun.write(folder, 12, 3, 1);
        String html = html(folder, NOON);
        Document page = Jsoup.parse(html);

        assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe");
        assertThat(page.select("script, link, img, iframe, object, [style], [onload], [href], [src]"))
                .isEmpty();
        assertThat(page.select("svg"))
                .hasSize(3)
                .allSatisfy(svg -> assertThat(svg.attr("aria-label")).isNotEmpty());
        assertThat(page.select("svg .s-standard")).isNotEmpty();
        assertThat(page.select("table")).allSatisfy(table -> {
            assertThat(table.select("caption")).hasSize(1);
            assertThat(table.select("thead th[scope=col]")).isNotEmpty();
        });
        assertThat(html).doesNotContain("NaN").doesNotContain("Infinity").doesNotContain("Optional");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</pre></details><img src=x onerror=alert(1)>",
                "]]><svg onload=alert(1)>",
                "--><!--<style>*{}</style>",
                "&lt;script&gt; &amp;",
                "\u0000\u0007\u001b[2J\u009b31m\ud800|\udc00 \u202e\u2028"
            })
    void hostile_text_stays_text_in_every_medium(String hostile) throws IOException {
        hostileRun(hostile);
        Report report = Report.of(List.of(folder), BOOTSTRAP, NOON);
        Document page = Jsoup.parse(HtmlReport.render(report, TranscriptSample.read(List.of(folder))));

        assertThat(page.select("script, img, [onerror], [onload], pre *, body style"))
                .isEmpty();
        assertThat(page.select("details.transcript pre").eachText()).isNotEmpty();
        Element answer = page.select("details.transcript pre").get(2);
        assertThat(answer.wholeText()).isEqualTo(VisibleText.of(hostile));
        assertThat(page.wholeText().chars().filter(c -> c < 0x20 && c != '\n' && c != '\t'))
                .isEmpty();

        String text = TerminalReport.render(report, 200) + MarkdownReport.render(report) + CsvReport.render(report);
        assertThat(text.replace("\r\n", "\n").chars().filter(c -> c < 0x20 && c != '\n'))
                .isEmpty();
        assertThat(MarkdownReport.render(report))
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("<svg");
        assertThat(JsonReport.parse(JsonReport.render(report))).isEqualTo(report);
        Files.writeString(folder.resolve("report.json"), JsonReport.render(report));
    }

    @Test
    void a_csv_cell_never_begins_a_formula() throws IOException {
        hostileRun("=1+1");
        String csv = CsvReport.render(Report.of(List.of(folder), BOOTSTRAP, NOON));
        assertThat(csv).contains("'=1+1,").doesNotContain("\n=1+1").doesNotContain(",=1+1");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 120})
    void the_summary_is_a_grid_of_leaderboard_and_comparison_on_common_terminals(int width) throws IOException {
        ExampleRun.write(folder, 140, 2, 1);
        String summary = TerminalReport.summary(Report.of(List.of(folder), BOOTSTRAP, NOON), width);

        assertThat(summary.lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width))
                .anySatisfy(line -> assertThat(line)
                        .matches("mode +accuracy +n +cut off +thinking tokens +output tokens +tokens/s"))
                .anySatisfy(line -> assertThat(line).contains("speciale − standard"))
                .hasSizeLessThan(25);
    }

    @Test
    void a_table_too_wide_for_a_grid_is_turned_and_one_too_wide_for_that_gets_blocks() throws IOException {
        ExampleRun.write(folder, 12, 3, 1);
        Report report = Report.of(List.of(folder), BOOTSTRAP, NOON);

        assertThat(TerminalReport.summary(report, 70).lines())
                .anySatisfy(line -> assertThat(line).matches("mode +standard +speciale"))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(70));
        assertThat(TerminalReport.summary(report, 30)).contains("- mode ").contains("  accuracy ");
    }

    @Test
    void the_leaderboard_says_what_is_in_no_figure() throws IOException {
        try (RunLogWriter log = RunLogWriter.create(folder, ExampleRun.snapshot(4, 1))) {
            assertThat(log.finished()).isEmpty();
        }
        assertThat(TerminalReport.summary(Report.of(List.of(folder), BOOTSTRAP, NOON), 1000))
                .contains("Of 4 attempts in mode standard: 4 not made yet.");
    }

    @Test
    void the_sample_of_transcripts_is_bounded_and_has_both_modes() throws IOException {
        ExampleRun.write(folder, 40, 2, 1);
        List<AttemptRecord> sample = TranscriptSample.read(List.of(folder));
        assertThat(sample).hasSize(12).allMatch(each -> each.key().index() == 0);
        assertThat(sample.stream().map(each -> each.key().mode()).distinct()).hasSize(2);
    }

    @Test
    void a_run_without_attempts_has_no_figures_and_still_a_page() throws IOException {
        RunLogWriter.create(folder, ExampleRun.snapshot(4, 1)).close();
        Report report = Report.of(List.of(folder), BOOTSTRAP, NOON);
        assertThat(report.fields().getFirst().leaderboard().rows().getFirst().accuracy())
                .isEmpty();
        assertThat(html(folder, NOON))
                .contains("No curve: no attempt was solved.")
                .doesNotContain("NaN");
        assertThat(TerminalReport.render(report, 200)).contains("0 of 4");
    }

    private static String html(Path run, Clock clock) throws IOException {
        return HtmlReport.render(Report.of(List.of(run), BOOTSTRAP, clock), TranscriptSample.read(List.of(run)));
    }

    /** Puts the text wherever a log can hold text. */
    private void hostileRun(String hostile) throws IOException {
        RunSnapshot snapshot = new RunSnapshot(
                RunSnapshot.SCHEMA_VERSION,
                hostile,
                hostile,
                new RunSnapshot.Model(hostile, hostile),
                List.of(new RunSnapshot.ModeSettings(Mode.STANDARD, 1, 0.95, 0, 256, OptionalInt.empty())),
                List.of(new RunSnapshot.SetFacts(hostile, hostile, 1)),
                1,
                7,
                hostile,
                hostile,
                Map.of(hostile.replaceAll("\\p{Cs}", ""), hostile),
                Instant.EPOCH);
        try (RunLogWriter writer = RunLogWriter.create(folder, snapshot)) {
            writer.append(new AttemptRecord(
                    new AttemptKey(hostile, hostile, hostile, Mode.STANDARD, 0),
                    new VerdictRecord(Outcome.CORRECT, 1, 1, hostile, hostile, hostile),
                    hostile,
                    Map.of(hostile.replaceAll("\\p{Cs}", ""), hostile),
                    1,
                    StopReason.STOP,
                    hostile,
                    List.of(new PromptTurn(hostile, hostile)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    TokenText.builder().append(hostile, 1).build(),
                    TokenText.builder().append(hostile, 2).build(),
                    Instant.EPOCH,
                    Duration.ofMillis(100),
                    Optional.of(hostile)));
        }
    }
}
