package dev.goldline.reports;

import dev.goldline.reports.attempts.Field;
import dev.goldline.reports.attempts.RunAttempts;
import dev.goldline.reports.leaderboard.Leaderboard;
import dev.goldline.reports.runlog.RunSnapshot;
import dev.goldline.reports.statistics.Bootstrap;
import dev.goldline.reports.study.TokenStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * Every figure computed from some runs. The same runs, seed and resamples give the same report but for {@link
 * Provenance#generatedAt}.
 *
 * @param schemaVersion version of the JSON form, {@link #SCHEMA_VERSION}
 * @param fields one a model and set
 */
public record Report(int schemaVersion, Provenance provenance, List<FieldReport> fields) {
    public static final int SCHEMA_VERSION = 1;

    public Report {
        fields = List.copyOf(fields);
    }

    /**
     * What the figures were computed from and how.
     *
     * @param seed of the bootstrap
     * @param resamples of the bootstrap
     */
    public record Provenance(Instant generatedAt, long seed, int resamples, List<RunFacts> runs) {
        public Provenance {
            runs = List.copyOf(runs);
        }
    }

    /**
     * A run that was read.
     *
     * @param folder as it was named
     * @param attempts in its log, each key once
     * @param superseded unscored attempts that were made again
     * @param tornBytes length of a torn last line that was left out
     */
    public record RunFacts(String folder, RunSnapshot snapshot, int attempts, int superseded, long tornBytes) {}

    /** A model on a set. */
    public record FieldReport(
            String model,
            String revision,
            String set,
            String contentHash,
            List<String> runs,
            Leaderboard leaderboard,
            TokenStudy study) {
        public FieldReport {
            runs = List.copyOf(runs);
        }
    }

    /**
     * Reads the runs and computes.
     *
     * @param runs folders of runs, one or more
     * @throws IOException if a folder is no run or its log is damaged; the message names it and the mend
     */
    public static Report of(List<Path> runs, Bootstrap bootstrap, Clock clock) throws IOException {
        RunAttempts read = RunAttempts.read(runs);
        List<RunFacts> facts = read.sources().stream()
                .map(source -> new RunFacts(
                        source.folder().toString(),
                        source.snapshot(),
                        source.attempts(),
                        source.superseded(),
                        source.tornBytes()))
                .toList();
        return new Report(
                SCHEMA_VERSION,
                new Provenance(clock.instant(), bootstrap.seed(), bootstrap.resamples(), facts),
                read.fields().stream().map(field -> field(field, bootstrap)).toList());
    }

    private static FieldReport field(Field field, Bootstrap bootstrap) {
        return new FieldReport(
                field.model(),
                field.revision(),
                field.set(),
                field.contentHash(),
                field.runs(),
                Leaderboard.of(field, bootstrap),
                TokenStudy.of(field, bootstrap));
    }
}
