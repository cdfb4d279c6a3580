package dev.goldline.reports.render;

import dev.goldline.reports.Report;
import dev.goldline.reports.Report.FieldReport;
import dev.goldline.reports.leaderboard.Comparison;
import dev.goldline.reports.leaderboard.Row;
import dev.goldline.reports.statistics.Estimate;
import dev.goldline.reports.statistics.Interval;
import java.util.Map;
import java.util.Optional;

/** The figures of a report as CSV (RFC 4180), one figure a line. Curves are in the JSON form. */
public final class CsvReport {
    private final StringBuilder out = new StringBuilder();

    private CsvReport() {}

    public static String render(Report report) {
        CsvReport csv = new CsvReport();
        csv.line(
                "model",
                "revision",
                "set",
                "mode",
                "family",
                "figure",
                "value",
                "range_low",
                "range_high",
                "interval_low",
                "interval_high",
                "n",
                "problems",
                "method");
        report.fields().forEach(csv::field);
        return csv.out.toString();
    }

    private void field(FieldReport field) {
        for (Row row : field.leaderboard().rows()) {
            String mode = row.mode().label();
            estimate(field, mode, "", "accuracy", row.accuracy());
            estimate(field, mode, "", "score", row.score());
            row.passAtK().forEach(pass -> estimate(field, mode, "", "pass@" + pass.k(), Optional.of(pass.estimate())));
            estimate(field, mode, "", "thinking_tokens_mean", row.meanThinkingTokens());
            estimate(field, mode, "", "thinking_tokens_median", row.medianThinkingTokens());
            estimate(field, mode, "", "output_tokens_mean", row.meanOutputTokens());
            estimate(field, mode, "", "output_tokens_median", row.medianOutputTokens());
            estimate(field, mode, "", "tokens_per_second", row.speed());
            estimate(field, mode, "", "truncated_share", row.truncatedShare());
            count(field, mode, "attempts", row.attempts());
            count(field, mode, "attempts_expected", row.expected());
            for (Map.Entry<String, Integer> each : row.counts().entrySet()) {
                count(field, mode, "attempts_" + each.getKey(), each.getValue());
            }
            count(field, mode, "attempts_truncated", row.truncated());
            count(field, mode, "attempts_tokens_unknown", row.tokensUnknown());
            for (Row.FamilyRow family : row.families()) {
                estimate(field, mode, family.family(), "accuracy", family.accuracy());
                estimate(field, mode, family.family(), "output_tokens_mean", family.meanOutputTokens());
            }
        }
        for (Comparison each : field.leaderboard().comparisons()) {
            String modes = each.mode().label() + " - " + each.baseline().label();
            estimate(field, modes, "", "accuracy_difference", Optional.of(each.accuracy()));
            estimate(field, modes, "", "output_tokens_difference", each.outputTokens());
            each.pValue()
                    .ifPresent(p -> line(
                            field.model(),
                            field.revision(),
                            field.set(),
                            modes,
                            "",
                            "p_value",
                            Double.toString(p),
                            "",
                            "",
                            "",
                            "",
                            Integer.toString(each.accuracy().n()),
                            Integer.toString(each.accuracy().problems()),
                            each.test()));
        }
    }

    private void estimate(FieldReport field, String mode, String family, String figure, Optional<Estimate> estimate) {
        if (estimate.isEmpty()) {
            return;
        }
        Estimate e = estimate.get();
        line(
                field.model(),
                field.revision(),
                field.set(),
                mode,
                family,
                figure,
                Double.toString(e.value()),
                e.range().map(Interval::low).map(Object::toString).orElse(""),
                e.range().map(Interval::high).map(Object::toString).orElse(""),
                e.interval().map(Interval::low).map(Object::toString).orElse(""),
                e.interval().map(Interval::high).map(Object::toString).orElse(""),
                Integer.toString(e.n()),
                Integer.toString(e.problems()),
                e.method());
    }

    private void count(FieldReport field, String mode, String figure, int count) {
        line(
                field.model(),
                field.revision(),
                field.set(),
                mode,
                "",
                figure,
                Integer.toString(count),
                "",
                "",
                "",
                "",
                "",
                "",
                "count");
    }

    private void line(String... cells) {
        for (int i = 0; i < cells.length; i++) {
            out.append(i == 0 ? "" : ",").append(cell(cells[i]));
        }
        out.append("\r\n");
    }

    private static String cell(String text) {
        String visible = VisibleText.line(text);
        boolean number = visible.matches("-?[0-9][0-9.Ee-]*");
        // A spreadsheet would run a text that begins like a formula.
        String inert = !number && visible.matches("[=+\\-@].*") ? "'" + visible : visible;
        return inert.matches("[^\",]*") ? inert : "\"" + inert.replace("\"", "\"\"") + "\"";
    }
}
