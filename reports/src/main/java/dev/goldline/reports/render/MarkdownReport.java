package dev.goldline.reports.render;

import dev.goldline.reports.Report;
import dev.goldline.reports.Report.FieldReport;
import dev.goldline.reports.Report.RunFacts;
import java.util.List;

/** A report as Markdown with pipe tables. */
public final class MarkdownReport {
    private MarkdownReport() {}

    public static String render(Report report) {
        StringBuilder out = new StringBuilder("# Goldline report\n\n");
        for (FieldReport field : report.fields()) {
            out.append("## ").append(escaped(Tables.title(field))).append("\n\n");
            append(out, Tables.leaderboard(field));
            append(out, Tables.comparisons(field));
            append(out, Tables.medians(field));
            append(out, Tables.families(field));
            append(out, Tables.passAtK(field));
            append(out, Tables.reach(field));
            append(out, Tables.outcomes(field));
        }
        out.append("## Provenance\n\n");
        append(out, Provenances.runs(report));
        for (RunFacts run : report.provenance().runs()) {
            append(out, Provenances.facts(run));
        }
        out.append(Provenances.sentence(report)).append('\n');
        return out.toString();
    }

    private static void append(StringBuilder out, Table table) {
        if (table.rows().isEmpty()) {
            return;
        }
        out.append("### ").append(escaped(table.caption())).append("\n\n");
        appendRow(out, table.headings());
        out.append("|---".repeat(table.headings().size())).append("|\n");
        table.rows().forEach(row -> appendRow(out, row));
        out.append('\n');
        if (!table.note().isEmpty()) {
            out.append(table.note()).append("\n\n");
        }
    }

    private static void appendRow(StringBuilder out, List<String> cells) {
        for (String cell : cells) {
            out.append("| ").append(escaped(cell)).append(' ');
        }
        out.append("|\n");
    }

    /** Everything that Markdown or HTML inside it could take for markup. */
    private static String escaped(String text) {
        return VisibleText.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("([\\\\`*_{}\\[\\]()#|~!])", "\\\\$1")
                .replace("://", ":\\//");
    }
}
