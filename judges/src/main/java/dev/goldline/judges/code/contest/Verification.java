package dev.goldline.judges.code.contest;

import dev.goldline.problemsets.contest.ProblemPackage;
import dev.goldline.problemsets.contest.Submission;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges every submission of a package against what the package says of it.
 *
 * <p>Without a stated time limit the submissions that make it are run first, at a limit no contest has; what they took
 * gives the limit, and their runs count: nothing is run twice.
 */
public final class Verification {
    private static final Duration HIGHEST = Duration.ofSeconds(60);

    private Verification() {}

    /** What became of one submission. */
    public enum Status {
        AS_DECLARED,
        UNEXPECTED,
        /** Our machinery or a validator failed. */
        UNSCORED,
        /** Its language is not known or not installed here. */
        SKIPPED
    }

    /** @param result empty if skipped */
    public record Row(Submission submission, Status status, Optional<SubmissionResult> result, String note) {}

    /** @param timeLimit stated or found */
    public record Report(Duration timeLimit, boolean limitStated, List<Row> rows) {
        public Report {
            rows = List.copyOf(rows);
        }

        public long count(Status status) {
            return rows.stream().filter(row -> row.status() == status).count();
        }
    }

    /** Told of each submission when it is done. */
    public interface Listener {
        void done(Row row);
    }

    public static Report verify(PackageJudge judge, ProblemPackage problem, Listener listener)
            throws InterruptedException, IOException {
        boolean stated = problem.limits().timeSeconds().isPresent();
        List<Row> rows = new ArrayList<>();
        double slowest = 0;
        for (Submission submission : problem.submissions()) {
            if (!stated && submission.timesLimit()) {
                Row row = row(judge, submission, HIGHEST, HIGHEST);
                rows.add(row);
                listener.done(row);
                slowest = Math.max(
                        slowest,
                        row.result().map(result -> seconds(result.slowest())).orElse(0.0));
            }
        }
        Duration limit = duration(problem.limits().timeFor(slowest));
        Duration kill = duration(seconds(limit) * problem.limits().exceededFactor());
        for (Submission submission : problem.submissions()) {
            if (stated || !submission.timesLimit()) {
                Row row = row(judge, submission, limit, kill);
                rows.add(row);
                listener.done(row);
            }
        }
        return new Report(limit, stated, rows);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static Row row(PackageJudge judge, Submission submission, Duration limit, Duration kill)
            throws InterruptedException, IOException {
        try {
            if (!judge.canRun(submission.files())) {
                return new Row(submission, Status.SKIPPED, Optional.empty(), "its language is not installed here");
            }
        } catch (IllegalArgumentException e) {
            return new Row(submission, Status.SKIPPED, Optional.empty(), String.valueOf(e.getMessage()));
        }
        SubmissionResult result = judge.judge(submission.path(), limit, kill);
        if (result.verdict() == CaseVerdict.JE) {
            return new Row(submission, Status.UNSCORED, Optional.of(result), result.message());
        }
        String fault = fault(submission, result);
        return new Row(
                submission,
                fault.isEmpty() ? Status.AS_DECLARED : Status.UNEXPECTED,
                Optional.of(result),
                fault.isEmpty() ? result.message() : fault);
    }

    private static String fault(Submission submission, SubmissionResult result) {
        if (result.verdict() == CaseVerdict.CE) {
            return "compile error: " + result.message().strip().lines().limit(3).collect(Collectors.joining(" | "));
        }
        for (CaseResult each : result.cases()) {
            if (!submission.permitted().contains(each.verdict().declared().name())) {
                return each.name() + " is " + each.verdict() + ", permitted " + sorted(submission.permitted())
                        + note(each);
            }
        }
        boolean met = submission.required().isEmpty()
                || result.cases().stream()
                        .anyMatch(each -> submission
                                .required()
                                .contains(each.verdict().declared().name()));
        return met ? "" : "no case is any of " + sorted(submission.required());
    }

    private static String note(CaseResult result) {
        return result.message().isEmpty() ? "" : ": " + result.message();
    }

    private static String sorted(Set<String> verdicts) {
        return verdicts.stream().sorted().collect(Collectors.joining(", "));
    }
}
