package dev.goldline.evaluator.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.RunLogReader;
import dev.goldline.reports.runlog.RunLogWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class ProgressTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> lines = new ArrayList<>();
    private final List<AttemptRecord> attempts = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void make_twelve_attempts() throws Exception {
        RunPlan plan = Sums.plan(3, 2, 4);
        try (RunLogWriter log = Sums.log(folder, plan)) {
            new RunEngine(new AddingModel(Duration.ZERO), Sums.JUDGES, 1).run(plan, log, attempt -> {});
        }
        try (RunLogReader log = RunLogReader.open(folder)) {
            for (Optional<AttemptRecord> next = log.next(); next.isPresent(); next = log.next()) {
                attempts.add(next.get());
            }
        }
        assertThat(attempts).hasSize(12);
    }

    @Test
    void prints_a_line_at_most_every_so_often_and_one_at_the_end() {
        try (Progress progress = Progress.lines(new Tally(), 12, Duration.ofSeconds(3), nanos::get, lines::add)) {
            for (AttemptRecord attempt : attempts) {
                nanos.addAndGet(Duration.ofSeconds(1).toNanos());
                progress.finished(attempt);
            }
        }

        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst()).startsWith("3/12 attempts  standard ").endsWith("0:09 left");
        assertThat(lines.getLast()).startsWith("12/12 attempts").endsWith("0:00 left");
    }

    @Test
    void speed_and_time_left_are_of_this_sitting_while_accuracy_is_of_the_whole_run() {
        Tally tally = new Tally();
        attempts.subList(0, 6).forEach(tally::found);
        try (Progress progress = Progress.lines(tally, 12, Duration.ZERO, nanos::get, lines::add)) {
            nanos.addAndGet(Duration.ofSeconds(2).toNanos());
            progress.finished(attempts.get(6));
        }

        long tokens = attempts.get(6).outputTokens().orElseThrow();
        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("7/12 attempts")
                        .contains("n=4")
                        .contains("n=3")
                        .contains(Math.round(tokens / 2.0) + " tok/s")
                        .endsWith("0:10 left"));
    }
}
