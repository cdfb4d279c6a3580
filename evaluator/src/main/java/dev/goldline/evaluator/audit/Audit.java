package dev.goldline.evaluator.audit;

import dev.goldline.evaluator.run.AskedSet;
import dev.goldline.evaluator.run.Judges;
import dev.goldline.evaluator.run.PromptTemplate;
import dev.goldline.evaluator.run.RunPlan;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.reports.Report;
import dev.goldline.reports.leaderboard.Row;
import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.RunLogException;
import dev.goldline.reports.runlog.RunLogReader;
import dev.goldline.reports.runlog.RunNote;
import dev.goldline.reports.runlog.RunNotes;
import dev.goldline.reports.runlog.RunSnapshot;
import dev.goldline.reports.runlog.StopReason;
import dev.goldline.reports.runlog.TokenUsage;
import dev.goldline.reports.runlog.VerdictRecord;
import dev.goldline.reports.statistics.Bootstrap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One audit of one run. One use. */
final class Audit {
    private final Path folder;
    private final Map<String, AskedSet> sets;
    private final Judges judges;

    private final List<Finding> first = new ArrayList<>();
    private long differences;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Map<String, Long> stops = new TreeMap<>();
    private final Map<SetMode, Tally> tallies = new HashMap<>();
    private final Set<AttemptKey> seen = new HashSet<>();
    private final List<String> unchecked = new ArrayList<>();
    private long lines;
    private long output;
    private long reasoning;
    private long lost;

    /**
     * @param sets the problem sets by name, as far as they could be found
     */
    Audit(Path folder, Map<String, AskedSet> sets, Judges judges) {
        this.folder = folder;
        this.sets = sets;
        this.judges = judges;
    }

    private record SetMode(String set, Mode mode) {}

    /** What one row of a leaderboard is recomputed from. */
    private static final class Tally {
        int scored;
        int solved;
        int unscored;
        int truncated;
        int withTokens;
        long output;
        final Map<String, Integer> outcomes = new TreeMap<>();
    }

    /**
     * Reads and recomputes everything.
     *
     * @throws RunLogException if the folder holds no run
     */
    AuditResult run() throws IOException {
        RunSnapshot snapshot;
        try (RunLogReader log = RunLogReader.openEveryLine(folder)) {
            snapshot = log.snapshot();
            checkSets(snapshot);
            boolean rejudge = checkJudges(snapshot);
            Map<String, RunPlan> plans = plans(snapshot);
            for (Optional<AttemptRecord> next = log.next(); next.isPresent(); next = log.next()) {
                lines++;
                line(snapshot, plans, next.get(), log.lineNumber(), log.isSuperseded(), rejudge);
            }
            if (log.tornBytes() > 0) {
                unchecked.add("a torn last line of " + log.tornBytes() + " bytes, which was never reported done");
            }
        }
        long missing = missing(snapshot);
        figures();
        return new AuditResult(
                lines,
                outcomes,
                stops,
                output,
                reasoning,
                lost,
                missing,
                List.of(
                        "checksums",
                        "keys",
                        "set hashes",
                        "seeds",
                        "prompts",
                        "usage",
                        "verdicts",
                        "missing attempts",
                        "figures"),
                List.copyOf(unchecked),
                differences,
                List.copyOf(first));
    }

    private void differ(String check, String where, Object found, Object expected) {
        differences++;
        if (first.size() < AuditResult.SHOWN) {
            first.add(new Finding(check, where, String.valueOf(found), String.valueOf(expected)));
        }
    }

    private void checkSets(RunSnapshot snapshot) {
        for (RunSnapshot.SetFacts facts : snapshot.sets()) {
            AskedSet set = sets.get(facts.name());
            if (set == null) {
                unchecked.add("set " + facts.name() + ": its problems are not at hand; name its folder with --set");
            } else if (!set.contentHash().equals(facts.contentHash())) {
                differ("set hash", "run.json, set " + facts.name(), facts.contentHash(), set.contentHash());
            }
        }
    }

    private boolean checkJudges(RunSnapshot snapshot) {
        if (snapshot.judgeProfile().equals(judges.profile())) {
            return true;
        }
        unchecked.add("verdicts: the run was judged by '" + snapshot.judgeProfile() + "', this goldline has '"
                + judges.profile() + "'");
        return false;
    }

    /** For each set at hand, the plan whose seeds and prompts its attempts must have. */
    private Map<String, RunPlan> plans(RunSnapshot snapshot) {
        Optional<PromptTemplate> prompt = PromptTemplate.ofHash(snapshot.promptHash());
        if (prompt.isEmpty()) {
            unchecked.add("prompts: " + snapshot.promptHash() + " is the hash of no template that comes with goldline");
        }
        Map<String, RunPlan> plans = new HashMap<>();
        for (RunSnapshot.SetFacts facts : snapshot.sets()) {
            AskedSet set = sets.get(facts.name());
            if (set != null) {
                plans.put(
                        facts.name(),
                        new RunPlan(
                                snapshot.name(),
                                snapshot.modes(),
                                List.of(set.first(facts.problems())),
                                prompt.orElse(PromptTemplate.PLAIN),
                                snapshot.samples(),
                                snapshot.seed()));
            }
        }
        return plans;
    }

    private void line(
            RunSnapshot snapshot,
            Map<String, RunPlan> plans,
            AttemptRecord attempt,
            int number,
            boolean superseded,
            boolean rejudge) {
        String where = "attempts.jsonl line " + number + " (" + attempt.key() + ")";
        lost += attempt.lostOutputTokens();
        key(snapshot, attempt.key(), where);
        usage(attempt, where);
        RunPlan plan = plans.get(attempt.key().set());
        if (plan != null) {
            provenance(snapshot, plan, attempt, where, rejudge);
        }
        if (superseded) {
            lost += attempt.outputTokens().orElse(0);
            return;
        }
        if (!seen.add(attempt.key())) {
            differ("keys", where, "a second scored attempt of this key", "one");
        }
        count(attempt);
    }

    private void key(RunSnapshot snapshot, AttemptKey key, String where) {
        boolean asked = key.model().equals(snapshot.model().name())
                && key.index() < snapshot.samples()
                && snapshot.modes().stream().anyMatch(mode -> mode.mode() == key.mode())
                && snapshot.sets().stream().anyMatch(set -> set.name().equals(key.set()));
        if (!asked) {
            differ("keys", where, "a key that run.json does not ask for", "a model, mode, set and index of run.json");
        }
    }

    private void usage(AttemptRecord attempt, String where) {
        long streamed = Math.max(
                Math.max(attempt.reasoning().lastOffset(), attempt.content().lastOffset()),
                attempt.thoughtClosed().map(closed -> closed.offset()).orElse(0L));
        attempt.counted()
                .filter(counted -> counted.output() < streamed)
                .ifPresent(counted -> differ("usage", where + ", counted output", counted.output(), streamed));
        Optional<TokenUsage> reported = attempt.reported();
        Optional<TokenUsage> counted = attempt.counted();
        if (reported.isPresent()
                && counted.isPresent()
                && counted.get().output() > reported.get().output()) {
            unchecked.add(where + ": " + counted.get().output() + " pieces were streamed, "
                    + reported.get().output() + " tokens were reported; the report is used");
        }
    }

    private void provenance(RunSnapshot snapshot, RunPlan plan, AttemptRecord attempt, String where, boolean rejudge) {
        Optional<Problem> problem = plan.sets().getFirst().problems().stream()
                .filter(each -> each.id().equals(attempt.key().problem()))
                .findFirst();
        if (problem.isEmpty()) {
            differ(
                    "keys",
                    where,
                    "a problem that was not asked",
                    "a problem of set " + attempt.key().set());
            return;
        }
        long seed = plan.seedOf(attempt.key());
        if (seed != attempt.seed()) {
            differ("seeds", where, attempt.seed(), seed);
        }
        if (plan.prompt().hash().equals(snapshot.promptHash())
                && !attempt.prompt().isEmpty()) {
            String asked = attempt.prompt().getLast().text();
            String expected = plan.prompt().messages(problem.get()).getLast().content();
            if (!asked.equals(expected)) {
                differ("prompts", where, "'" + asked + "'", "'" + expected + "'");
            }
        }
        if (rejudge && attempt.verdict().outcome() != Outcome.UNSCORED) {
            VerdictRecord verdict = judges.again(problem.get(), attempt);
            if (!verdict.equals(attempt.verdict())) {
                differ("verdicts", where, attempt.verdict(), verdict);
            }
        }
    }

    private void count(AttemptRecord attempt) {
        outcomes.merge(attempt.verdict().outcome().label(), 1L, Long::sum);
        stops.merge(attempt.stopReason().label(), 1L, Long::sum);
        output += attempt.outputTokens().orElse(0);
        reasoning += attempt.reasoningTokens().orElse(0);
        Tally tally = tallies.computeIfAbsent(
                new SetMode(attempt.key().set(), attempt.key().mode()), key -> new Tally());
        tally.outcomes.merge(attempt.verdict().outcome().label(), 1, Integer::sum);
        if (attempt.verdict().outcome() == Outcome.UNSCORED) {
            tally.unscored++;
            return;
        }
        attempt.outputTokens().ifPresent(tokens -> {
            tally.withTokens++;
            tally.output += tokens;
        });
        tally.scored++;
        if (attempt.solved()) {
            tally.solved++;
        }
        if (attempt.stopReason() == StopReason.LENGTH || attempt.stopReason() == StopReason.BUDGET) {
            tally.truncated++;
        }
    }

    /** Attempts of the plan that are not there, but for those of problems that were settled or at their limit. */
    private long missing(RunSnapshot snapshot) throws IOException {
        Set<String> excused = new HashSet<>();
        for (RunNote note : RunNotes.read(folder)) {
            Map<String, String> facts = note.facts();
            if (note.kind() == RunNote.Kind.SETTLED) {
                excused.add(facts.get("set") + "/" + facts.get("problem") + "/" + facts.get("mode"));
            } else if (note.kind() == RunNote.Kind.LIMIT && facts.containsKey("problem")) {
                snapshot.modes()
                        .forEach(mode -> excused.add(facts.get("set") + "/" + facts.get("problem") + "/"
                                + mode.mode().label()));
            }
        }
        long asked = 0;
        for (RunSnapshot.SetFacts set : snapshot.sets()) {
            asked += (long) set.problems()
                    * snapshot.samples()
                    * snapshot.modes().size();
        }
        long excusedMissing = 0;
        Map<String, Integer> made = new HashMap<>();
        seen.forEach(key ->
                made.merge(key.set() + "/" + key.problem() + "/" + key.mode().label(), 1, Integer::sum));
        for (String problem : excused) {
            excusedMissing += snapshot.samples() - made.getOrDefault(problem, 0);
        }
        long missing = asked - seen.size() - excusedMissing;
        if (missing > 0) {
            differ("missing attempts", "attempts.jsonl", seen.size() + " attempts", asked - excusedMissing);
        }
        return Math.max(0, missing);
    }

    /** The figures that reports show against counts made here, line by line. */
    private void figures() throws IOException {
        Report report = Report.of(List.of(folder), new Bootstrap(1, 100), Clock.systemUTC());
        for (Report.FieldReport field : report.fields()) {
            for (Row row : field.leaderboard().rows()) {
                Tally tally = tallies.getOrDefault(new SetMode(field.set(), row.mode()), new Tally());
                String where =
                        "figures, set " + field.set() + ", mode " + row.mode().label();
                same(where + ", attempts", row.attempts(), tally.scored + tally.unscored);
                same(where + ", truncated", row.truncated(), tally.truncated);
                row.accuracy().ifPresent(accuracy -> {
                    same(where + ", attempts scored", accuracy.n(), tally.scored);
                    same(where + ", accuracy", accuracy.value(), (double) tally.solved / tally.scored);
                });
                row.meanOutputTokens()
                        .ifPresent(mean -> same(
                                where + ", mean output tokens",
                                mean.value(),
                                (double) tally.output / tally.withTokens));
                tally.outcomes.forEach((outcome, count) ->
                        same(where + ", " + outcome, row.counts().getOrDefault(outcome, 0), count));
            }
        }
    }

    private void same(String where, double found, double expected) {
        if (Math.abs(found - expected) > 1e-9 * Math.max(1, Math.abs(expected))) {
            differ("figures", where, found, expected);
        }
    }
}
