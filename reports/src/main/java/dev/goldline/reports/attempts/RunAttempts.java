package dev.goldline.reports.attempts;

import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.RunLogException;
import dev.goldline.reports.runlog.RunLogReader;
import dev.goldline.reports.runlog.RunSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The attempts of some runs.
 *
 * @param sources the runs read, in the order given
 * @param fields one a model and set, in the order first met; modes of the same model and set in several runs come
 *     together, unless two runs asked the same mode: attempts of different runs are never pooled
 */
public record RunAttempts(List<Source> sources, List<Field> fields) {
    public RunAttempts {
        sources = List.copyOf(sources);
        fields = List.copyOf(fields);
    }

    /**
     * A run that was read.
     *
     * @param attempts in its log, each key once
     * @param superseded unscored attempts that were made again
     * @param tornBytes length of a torn last line that was left out
     */
    public record Source(Path folder, RunSnapshot snapshot, int attempts, int superseded, long tornBytes) {}

    /** A model and set, and the run where runs must be kept apart. */
    private record FieldKey(String model, String revision, String set, String contentHash, int run) {}

    /**
     * Reads the runs; memory holds facts, not texts.
     *
     * @throws RunLogException if a folder is no run, or its log is damaged; the message names it
     */
    public static RunAttempts read(List<Path> folders) throws IOException {
        List<Source> sources = new ArrayList<>();
        List<Map<String, SetAttempts>> perRun = new ArrayList<>();
        for (Path folder : folders) {
            try (RunLogReader log = RunLogReader.open(folder)) {
                Map<String, SetAttempts> sets = new LinkedHashMap<>();
                int attempts = 0;
                for (Optional<AttemptRecord> next = log.next(); next.isPresent(); next = log.next()) {
                    AttemptRecord attempt = next.get();
                    attempts++;
                    sets.computeIfAbsent(attempt.key().set(), set -> new SetAttempts())
                            .add(log.toString(), attempt);
                }
                sources.add(new Source(folder, log.snapshot(), attempts, log.supersededAttempts(), log.tornBytes()));
                perRun.add(sets);
            }
        }
        return new RunAttempts(sources, fields(sources, perRun));
    }

    private static List<Field> fields(List<Source> sources, List<Map<String, SetAttempts>> perRun) {
        Set<FieldKey> apart = asked(sources);
        Map<FieldKey, FieldBuilder> builders = new LinkedHashMap<>();
        for (int run = 0; run < sources.size(); run++) {
            RunSnapshot snapshot = sources.get(run).snapshot();
            for (RunSnapshot.SetFacts set : snapshot.sets()) {
                FieldKey shared = key(snapshot, set, -1);
                FieldKey key = apart.contains(shared) ? key(snapshot, set, run) : shared;
                builders.computeIfAbsent(key, FieldBuilder::new)
                        .add(snapshot, set, perRun.get(run).getOrDefault(set.name(), new SetAttempts()));
            }
        }
        return builders.values().stream().map(FieldBuilder::build).toList();
    }

    /** Models and sets that two runs asked in the same mode. */
    private static Set<FieldKey> asked(List<Source> sources) {
        Set<FieldKey> apart = new HashSet<>();
        Set<List<Object>> seen = new HashSet<>();
        for (Source source : sources) {
            for (RunSnapshot.SetFacts set : source.snapshot().sets()) {
                for (RunSnapshot.ModeSettings mode : source.snapshot().modes()) {
                    FieldKey shared = key(source.snapshot(), set, -1);
                    if (!seen.add(List.of(shared, mode.mode()))) {
                        apart.add(shared);
                    }
                }
            }
        }
        return apart;
    }

    private static FieldKey key(RunSnapshot snapshot, RunSnapshot.SetFacts set, int run) {
        return new FieldKey(snapshot.model().name(), snapshot.model().revision(), set.name(), set.contentHash(), run);
    }

    /** Attempts of one run at one set, by problem id, as they are read. */
    private static final class SetAttempts {
        final Map<String, String> families = new TreeMap<>();
        final Map<Mode, Map<String, List<AttemptFact>>> attempts = new TreeMap<>();
        private final Set<Long> seen = new HashSet<>();
        private final Map<String, Integer> ordinals = new LinkedHashMap<>();

        void add(String log, AttemptRecord attempt) throws RunLogException {
            String problem = attempt.key().problem();
            Mode mode = attempt.key().mode();
            int ordinal = ordinals.computeIfAbsent(problem, id -> ordinals.size());
            if (!seen.add(((long) ordinal * Mode.values().length + mode.ordinal()) << 31
                    | attempt.key().index())) {
                throw new RunLogException(
                        log + " holds attempt " + attempt.key() + " more than once: delete all its lines but one");
            }
            families.putIfAbsent(problem, attempt.family());
            attempts.computeIfAbsent(mode, m -> new TreeMap<>())
                    .computeIfAbsent(problem, id -> new ArrayList<>())
                    .add(new AttemptFact(
                            ordinal,
                            attempt.key().index(),
                            attempt.verdict().outcome(),
                            attempt.verdict().score(),
                            attempt.stopReason(),
                            attempt.thoughtClosed().isPresent()
                                    && attempt.thoughtClosed().get().forced(),
                            attempt.outputTokens().orElse(AttemptFact.UNKNOWN),
                            attempt.reasoningTokens().orElse(AttemptFact.UNKNOWN),
                            attempt.duration().toNanos()));
        }
    }

    /** Puts the modes of one field together, from as many runs as hold them. */
    private static final class FieldBuilder {
        private final FieldKey key;
        private final List<String> runs = new ArrayList<>();
        private final Map<String, String> families = new TreeMap<>();
        private final Map<Mode, Map<String, List<AttemptFact>>> attempts = new TreeMap<>();
        private final Map<Mode, Integer> expected = new TreeMap<>();

        FieldBuilder(FieldKey key) {
            this.key = key;
        }

        void add(RunSnapshot snapshot, RunSnapshot.SetFacts set, SetAttempts read) {
            runs.add(snapshot.name());
            read.families.forEach(families::putIfAbsent);
            attempts.putAll(read.attempts);
            for (RunSnapshot.ModeSettings mode : snapshot.modes()) {
                expected.put(mode.mode(), set.problems() * snapshot.samples());
            }
        }

        Field build() {
            List<Field.ProblemFacts> problems = new ArrayList<>();
            Map<String, Integer> positions = new LinkedHashMap<>();
            families.forEach((id, family) -> {
                positions.put(id, problems.size());
                problems.add(new Field.ProblemFacts(id, family));
            });
            List<Field.ModeAttempts> modes = new ArrayList<>();
            expected.forEach((mode, count) -> {
                List<AttemptFact> facts = new ArrayList<>();
                attempts.getOrDefault(mode, Map.of())
                        .forEach((id, list) -> list.stream()
                                .sorted(Comparator.comparingInt(AttemptFact::index))
                                .forEach(fact -> facts.add(fact.at(positions.getOrDefault(id, 0)))));
                modes.add(new Field.ModeAttempts(mode, facts, count));
            });
            return new Field(key.model(), key.revision(), key.set(), key.contentHash(), runs, problems, modes);
        }
    }
}
