package dev.goldline.evaluator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.RunLogReader;
import dev.goldline.reports.runlog.RunLogWriter;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a run with SIGKILL, three times, and recounts its log. */
@NullMarked
class KillTest {
    private static final Pattern KEY = Pattern.compile("\"key\":\\{[^}]*}");

    @TempDir
    Path folder;

    @Test
    void a_run_killed_three_times_holds_every_attempt_exactly_once_with_the_same_tokens() throws Exception {
        SplittableRandom random = new SplittableRandom(20_251_201);
        List<String> reportedDone = new ArrayList<>();
        for (int kill = 0; kill < 3; kill++) {
            int more = random.nextInt(1, 25);
            int micros = random.nextInt(30_000);
            runAndKill(reportedDone, more, micros);
            assertThat(keysInFile()).size().isLessThan(KilledRun.PLAN.size());
        }
        runToTheEnd(reportedDone);

        assertThat(reportedDone).doesNotHaveDuplicates();
        List<String> lines = keysInFile();
        assertThat(lines).doesNotHaveDuplicates().hasSize(KilledRun.PLAN.size());
        Map<AttemptKey, AttemptRecord> attempts = attempts(folder);
        assertThat(attempts.keySet().stream().map(AttemptKey::toString)).containsAll(reportedDone);
        assertThat(attempts.keySet())
                .containsExactlyInAnyOrderElementsOf(KilledRun.PLAN.attempts("adding").stream()
                        .map(PlannedAttempt::key)
                        .toList());
        assertSameTokensAsAnUndisturbedRun(attempts);
    }

    private void runAndKill(List<String> reportedDone, int more, int micros) throws Exception {
        Process run = start();
        try (BufferedReader out = run.inputReader()) {
            for (int i = 0; i < more; i++) {
                String line = out.readLine();
                assertThat(line).as("the run ended before it could be killed").isNotNull();
                reportedDone.add(line);
            }
            // Somewhere inside the attempts that are in the making now.
            Thread.sleep(Duration.ofNanos(micros * 1_000L));
            // The process's own destroyForcibly would also close what it printed.
            assertThat(run.toHandle().destroyForcibly()).isTrue();
            // What it said before it died counts; a line that it did not end does not.
            out.lines().filter(line -> line.matches(".* #\\d+")).forEach(reportedDone::add);
        }
        assertThat(run.waitFor()).isEqualTo(128 + 9);
    }

    private void runToTheEnd(List<String> reportedDone) throws Exception {
        Process run = start();
        try (BufferedReader out = run.inputReader()) {
            out.lines().forEach(reportedDone::add);
        }
        assertThat(run.waitFor()).isZero();
    }

    private Process start() throws Exception {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The keys of whole lines, found without the reader under test. */
    private List<String> keysInFile() throws Exception {
        String text = Files.readString(folder.resolve("attempts.jsonl"));
        List<String> keys = new ArrayList<>();
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            Matcher key = KEY.matcher(line);
            assertThat(key.find()).as(line).isTrue();
            keys.add(key.group());
        }
        return keys;
    }

    private void assertSameTokensAsAnUndisturbedRun(Map<AttemptKey, AttemptRecord> attempts) throws Exception {
        Path other = folder.resolveSibling(folder.getFileName() + "-undisturbed");
        try (RunLogWriter log = Sums.log(other, KilledRun.PLAN)) {
            new RunEngine(new AddingModel(Duration.ZERO), Sums.JUDGES, 2).run(KilledRun.PLAN, log, attempt -> {});
        }
        attempts(other).forEach((key, undisturbed) -> {
            AttemptRecord attempt = attempts.get(key);
            assertThat(attempt).isNotNull();
            assertThat(attempt.reasoning()).isEqualTo(undisturbed.reasoning());
            assertThat(attempt.content()).isEqualTo(undisturbed.content());
            assertThat(attempt.verdict()).isEqualTo(undisturbed.verdict());
        });
    }

    private static Map<AttemptKey, AttemptRecord> attempts(Path folder) throws Exception {
        Map<AttemptKey, AttemptRecord> attempts = new LinkedHashMap<>();
        try (RunLogReader log = RunLogReader.open(folder)) {
            for (Optional<AttemptRecord> next = log.next(); next.isPresent(); next = log.next()) {
                attempts.put(next.get().key(), next.get());
            }
        }
        return attempts;
    }
}
