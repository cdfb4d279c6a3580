package dev.goldline.reports.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.goldline.reports.Report;
import dev.goldline.reports.Report.FieldReport;
import dev.goldline.reports.Report.RunFacts;
import dev.goldline.reports.leaderboard.Comparison;
import dev.goldline.reports.leaderboard.Row;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.study.Histogram;
import dev.goldline.reports.study.TokenStudy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A report as one HTML page that needs nothing else. It is put together as a DOM, so that text can only be text; its
 * content security policy allows no script at all and no style but its own.
 */
public final class HtmlReport {
    private static final String STYLE = resource("report.css");

    /** Cells longer than this may break into lines. */
    private static final int LONG_CELL = 48;

    private final Document page = Document.createShell("");
    private final Report report;
    private final List<AttemptRecord> transcripts;
    private int ids;

    private HtmlReport(Report report, List<AttemptRecord> transcripts) {
        this.report = report;
        this.transcripts = transcripts;
    }

    /**
     * Lays the page out.
     *
     * @param transcripts a few attempts to show with their texts, see {@link TranscriptSample}
     */
    public static String render(Report report, List<AttemptRecord> transcripts) {
        HtmlReport html = new HtmlReport(report, transcripts);
        html.head();
        html.body();
        html.page.outputSettings().prettyPrint(false).charset(UTF_8);
        return "<!doctype html>\n" + html.page.outerHtml() + "\n";
    }

    private void head() {
        Objects.requireNonNull(page.selectFirst("html")).attr("lang", "en");
        Element head = page.head();
        head.appendElement("meta").attr("charset", "utf-8");
        head.appendElement("meta")
                .attr("http-equiv", "Content-Security-Policy")
                .attr(
                        "content",
                        "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
                                + "'; base-uri 'none'; form-action 'none'");
        head.appendElement("meta").attr("name", "viewport").attr("content", "width=device-width, initial-scale=1");
        head.appendElement("meta").attr("name", "color-scheme").attr("content", "light dark");
        head.appendElement("title").text("Goldline report");
        head.appendElement("style").appendChild(new DataNode(STYLE));
    }

    private void body() {
        Element main = page.body().appendElement("main");
        main.appendElement("h1").text("Goldline report");
        for (FieldReport field : report.fields()) {
            field(main.appendElement("section"), field);
        }
        if (!transcripts.isEmpty()) {
            Element section = main.appendElement("section");
            section.appendElement("h2").text("Some transcripts");
            section.appendElement("p")
                    .addClass("note")
                    .text("The first attempt of each mode at a few problems, chosen by a hash of their ids.");
            transcripts.forEach(attempt -> Transcripts.append(section, attempt));
        }
        provenance(main.appendElement("section"));
    }

    private void field(Element section, FieldReport field) {
        section.appendElement("h2").text(Tables.title(field));
        if (report.fields().size() > 1) {
            section.appendElement("p")
                    .addClass("note")
                    .text("Runs: " + VisibleText.line(String.join(", ", field.runs())));
        }
        cards(section, field);
        table(section, Tables.leaderboard(field));
        table(section, Tables.comparisons(field));
        curves(section, field);
        table(section, Tables.medians(field));
        table(section, Tables.families(field));
        histograms(section, field.study().histogram());
        outcomes(section, field);
        table(section, Tables.passAtK(field));
    }

    /** One card a mode, and one a comparison: what a reader wants first. */
    private static void cards(Element section, FieldReport field) {
        Element cards = section.appendElement("div").addClass("cards");
        for (Row row : field.leaderboard().rows()) {
            Element card = cards.appendElement("div")
                    .addClass("card")
                    .addClass("m-" + row.mode().label());
            card.appendElement("div").addClass("name").text(row.mode().label());
            headline(card, Numbers.share(row.accuracy()));
            card.appendElement("div").text("n = " + Tables.n(row) + " attempts / problems");
            card.appendElement("div").text("thinking " + Numbers.tokens(row.meanThinkingTokens()) + " tokens");
            card.appendElement("div").text(Numbers.tokens(row.speed()) + " tokens/s");
        }
        for (Comparison each : field.leaderboard().comparisons()) {
            Element card = cards.appendElement("div").addClass("card");
            card.appendElement("div")
                    .addClass("name")
                    .text(each.mode().label() + " − " + each.baseline().label());
            headline(card, Numbers.points(each.accuracy()));
            card.appendElement("div").text("p " + Numbers.pValue(each.pValue()) + ", " + each.test());
            card.appendElement("div").text(Numbers.signedTokens(each.outputTokens()) + " tokens an attempt");
        }
    }

    private static void headline(Element card, String figure) {
        int bracket = figure.indexOf(" [");
        Element line = card.appendElement("div").addClass("figure");
        line.appendElement("strong").text(bracket < 0 ? figure : figure.substring(0, bracket));
        if (bracket >= 0) {
            line.appendElement("span").text(figure.substring(bracket + 1));
        }
    }

    private void curves(Element section, FieldReport field) {
        section.appendElement("h3").text("Accuracy against tokens");
        Element figure = section.appendElement("figure");
        Optional<Element> chart = Fonts.available() ? Charts.curves(field.study(), "c" + ids++) : Optional.empty();
        if (chart.isPresent()) {
            figure.appendChild(chart.get());
        } else {
            figure.appendElement("p")
                    .addClass("note")
                    .text(
                            Fonts.available()
                                    ? "No curve: no attempt was solved."
                                    : "No charts: this machine has no fonts. Install fontconfig and a font, then make"
                                            + " the report again.");
        }
        figure.appendElement("figcaption")
                .text(
                        "pass@1(L): the share of scored attempts solved with at most L output tokens, for every L at once."
                                + " Bands: 95 %, bootstrap over problems, the same resamples for every L and mode. An attempt"
                                + " that was cut off is solved at no L.");
        table(section, Tables.reach(field));
    }

    private void histograms(Element section, Histogram histogram) {
        List<Histogram.ModeCounts> filled =
                histogram.modes().stream().filter(mode -> mode.attempts() > 0).toList();
        if (filled.isEmpty() || !Fonts.available()) {
            return;
        }
        section.appendElement("h3").text("Tokens of attempts");
        for (Histogram.ModeCounts mode : filled) {
            section.appendElement("h4").text(mode.mode().label());
            section.appendElement("figure").appendChild(Charts.histogram(histogram, mode, "h" + ids++));
        }
    }

    private static void outcomes(Element section, FieldReport field) {
        Element box = section.appendElement("div").addClass("box");
        table(box, Tables.outcomes(field));
        for (TokenStudy.Curve curve : field.study().curves()) {
            if (curve.truncated() + curve.unknown() + curve.unscored() == 0) {
                continue;
            }
            box.appendElement("p")
                    .text(curve.mode().label() + ": " + curve.truncated() + " of " + curve.scored()
                            + " scored attempts were cut off, " + curve.unknown() + " are undecided, "
                            + curve.unscored() + " unscored are left out. Had every attempt cut off or undecided been"
                            + " solved, the share solved would be "
                            + curve.bestCase()
                                    .map(share -> Numbers.number(100 * share, 1) + " %")
                                    .orElse(Numbers.NONE)
                            + ".");
        }
    }

    private void provenance(Element section) {
        section.appendElement("h2").text("Provenance");
        table(section, Provenances.runs(report));
        for (RunFacts run : report.provenance().runs()) {
            Element details = section.appendElement("details");
            details.appendElement("summary")
                    .text("Run " + VisibleText.line(run.snapshot().name()));
            table(details, Provenances.facts(run));
        }
        section.appendElement("p").addClass("note").text(Provenances.sentence(report));
    }

    private static void table(Element parent, Table table) {
        if (table.rows().isEmpty()) {
            return;
        }
        Element scroll = parent.appendElement("div")
                .addClass("scroll")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", table.caption());
        Element element = scroll.appendElement("table");
        element.appendElement("caption").text(table.caption());
        Element headings = element.appendElement("thead").appendElement("tr");
        table.headings()
                .forEach(heading ->
                        headings.appendElement("th").attr("scope", "col").text(heading));
        Element body = element.appendElement("tbody");
        for (List<String> cells : table.rows()) {
            Element row = body.appendElement("tr");
            for (int i = 0; i < cells.size(); i++) {
                Element cell = i == 0 ? row.appendElement("th").attr("scope", "row") : row.appendElement("td");
                cell.text(VisibleText.line(cells.get(i)));
                if (cells.get(i).length() > LONG_CELL) {
                    cell.addClass("long");
                }
            }
        }
        if (!table.note().isEmpty()) {
            parent.appendElement("p").addClass("note").text(table.note());
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String resource(String name) {
        try (InputStream input = HtmlReport.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(input, name).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
