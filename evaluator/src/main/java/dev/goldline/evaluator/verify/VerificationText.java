package dev.goldline.evaluator.verify;

import dev.goldline.judges.code.contest.CaseResult;
import dev.goldline.judges.code.contest.SubmissionResult;
import dev.goldline.judges.code.contest.Verification;
import dev.goldline.judges.code.sandbox.Guarantees;
import dev.goldline.problemsets.contest.ProblemPackage;
import dev.goldline.problemsets.contest.TestCase;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A verification as a table of submissions and cases, or as JSON. */
final class VerificationText {
    private static final int MOST_COLUMNS = 12;

    private VerificationText() {}

    static String table(ProblemPackage problem, Verification.Report report, Guarantees guarantees) {
        List<String> cases = problem.data().all().map(TestCase::name).toList();
        boolean columns = cases.size() <= MOST_COLUMNS;
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%s: format %s, %d cases, time limit %.3f s (%s), sandbox %s%n%n",
                problem.name(),
                problem.format().label(),
                cases.size(),
                report.timeLimit().toNanos() / 1e9,
                report.limitStated() ? "stated" : "from the accepted submissions",
                guarantees.backend()));
        int width = report.rows().stream()
                .mapToInt(row -> row.submission().name().length())
                .max()
                .orElse(10);
        if (columns) {
            for (int i = 0; i < cases.size(); i++) {
                text.append(String.format(Locale.ROOT, "  %2d  %s%n", i + 1, cases.get(i)));
            }
            text.append('\n');
        }
        for (Verification.Row row : report.rows()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %-4s %8s  %s%s%n",
                    row.submission().name(),
                    row.result().map(result -> result.verdict().name()).orElse("-"),
                    row.result()
                            .map(result -> String.format(
                                    Locale.ROOT, "%.3f s", result.slowest().toNanos() / 1e9))
                            .orElse(""),
                    row.result().map(result -> cells(cases, result, columns)).orElse(""),
                    switch (row.status()) {
                        case AS_DECLARED -> "";
                        case UNEXPECTED -> "  UNEXPECTED: " + row.note();
                        case UNSCORED -> "  UNSCORED: " + row.note();
                        case SKIPPED -> "skipped: " + row.note();
                    }));
        }
        text.append(String.format(
                Locale.ROOT,
                "%n%d as declared, %d unexpected, %d unscored, %d skipped%n",
                report.count(Verification.Status.AS_DECLARED),
                report.count(Verification.Status.UNEXPECTED),
                report.count(Verification.Status.UNSCORED),
                report.count(Verification.Status.SKIPPED)));
        return text.toString();
    }

    private static String cells(List<String> cases, SubmissionResult result, boolean columns) {
        StringBuilder text = new StringBuilder();
        result.score().ifPresent(score -> text.append(String.format(Locale.ROOT, "score %s  ", number(score))));
        if (!columns) {
            return text.append(result.cases().size()).append(" cases").toString();
        }
        Map<String, CaseResult> byName = new HashMap<>();
        result.cases().forEach(each -> byName.put(each.name(), each));
        for (String name : cases) {
            CaseResult each = byName.get(name);
            text.append(
                    String.format("%-4s", each == null ? "." : each.verdict().name()));
        }
        return text.toString();
    }

    private static String number(double score) {
        return score == Math.rint(score) && Math.abs(score) < 1e15
                ? Long.toString((long) score)
                : String.format(Locale.ROOT, "%.4f", score);
    }

    static String json(ProblemPackage problem, Verification.Report report, Guarantees guarantees) {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode root = mapper.createObjectNode();
        root.put("package", problem.name());
        root.put("format", problem.format().label());
        root.put("time_limit_seconds", report.timeLimit().toNanos() / 1e9);
        root.put("time_limit_stated", report.limitStated());
        ObjectNode sandbox = root.putObject("sandbox");
        sandbox.put("backend", guarantees.backend());
        guarantees.kept().forEach(sandbox.putArray("kept")::add);
        guarantees.lacking().forEach(sandbox.putArray("lacking")::add);
        ArrayNode rows = root.putArray("submissions");
        for (Verification.Row row : report.rows()) {
            ObjectNode node = rows.addObject();
            node.put("name", row.submission().name());
            node.put("status", row.status().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            node.put("note", row.note());
            row.result().ifPresent(result -> describe(node, result));
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void describe(ObjectNode node, SubmissionResult result) {
        node.put("verdict", result.verdict().name());
        result.score().ifPresent(score -> node.put("score", score));
        ArrayNode cases = node.putArray("cases");
        for (CaseResult each : result.cases()) {
            ObjectNode one = cases.addObject();
            one.put("name", each.name());
            one.put("verdict", each.verdict().name());
            one.put("cpu_seconds", each.cpu().toNanos() / 1e9);
            one.put("memory_bytes", each.memoryBytes());
            each.score().ifPresent(score -> one.put("score", score));
            if (!each.message().isEmpty()) {
                one.put("message", each.message());
            }
        }
    }
}
