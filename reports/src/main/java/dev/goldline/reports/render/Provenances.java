package dev.goldline.reports.render;

import dev.goldline.reports.Report;
import dev.goldline.reports.Report.RunFacts;
import dev.goldline.reports.runlog.RunSnapshot;
import java.util.ArrayList;
import java.util.List;

/** Where the figures come from. The time of making is shown here and nowhere else. */
final class Provenances {
    private Provenances() {}

    static Table runs(Report report) {
        List<List<String>> rows = new ArrayList<>();
        for (RunFacts run : report.provenance().runs()) {
            rows.add(List.of(
                    VisibleText.line(run.snapshot().name()),
                    VisibleText.line(run.folder()),
                    Integer.toString(run.attempts()),
                    Integer.toString(run.superseded()),
                    run.tornBytes() == 0 ? "none" : run.tornBytes() + " bytes"));
        }
        return new Table("Runs", List.of("run", "folder", "attempts", "made again", "torn last line"), rows, "");
    }

    static Table facts(RunFacts run) {
        RunSnapshot snapshot = run.snapshot();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("model", VisibleText.line(snapshot.model().name())));
        rows.add(List.of("model revision", VisibleText.line(snapshot.model().revision())));
        for (RunSnapshot.SetFacts set : snapshot.sets()) {
            rows.add(List.of(
                    "set " + VisibleText.line(set.name()),
                    set.problems() + " problems, " + VisibleText.line(set.contentHash())));
        }
        for (RunSnapshot.ModeSettings mode : snapshot.modes()) {
            rows.add(List.of("mode " + mode.mode().label(), settings(mode)));
        }
        rows.add(List.of("samples a problem", Integer.toString(snapshot.samples())));
        rows.add(List.of("seed", Long.toString(snapshot.seed())));
        rows.add(List.of("judge", VisibleText.line(snapshot.judgeProfile())));
        rows.add(List.of("prompts", VisibleText.line(snapshot.promptHash())));
        rows.add(List.of("goldline", VisibleText.line(snapshot.goldlineVersion())));
        snapshot.machine()
                .forEach((name, value) ->
                        rows.add(List.of("machine: " + VisibleText.line(name), VisibleText.line(value))));
        rows.add(List.of("started", snapshot.createdAt().toString()));
        return new Table("Run " + VisibleText.line(snapshot.name()), List.of("fact", "value"), rows, "");
    }

    private static String settings(RunSnapshot.ModeSettings mode) {
        return "temperature " + mode.temperature() + ", top-p " + mode.topP() + ", top-k "
                + (mode.topK() == 0 ? "all" : Integer.toString(mode.topK())) + ", at most " + mode.maxOutputTokens()
                + " output tokens, thinking budget "
                + (mode.thinkingBudget().isPresent() ? mode.thinkingBudget().getAsInt() + " tokens" : "none");
    }

    static String sentence(Report report) {
        return "Computed " + report.provenance().generatedAt() + " from the run logs alone; bootstrap seed "
                + report.provenance().seed() + ", " + report.provenance().resamples() + " resamples.";
    }
}
