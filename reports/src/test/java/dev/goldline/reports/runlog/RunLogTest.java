package dev.goldline.reports.runlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunLogTest {
    @TempDir
    Path folder;

    @Test
    void reads_back_what_was_written() throws IOException {
        AttemptRecord first = Attempts.correct("gcd-1", Mode.STANDARD, 0);
        AttemptRecord second = Attempts.of("sum-1", Mode.SPECIALE, 3, Outcome.WRONG, StopReason.LENGTH, 512);
        write(first, second);

        assertThat(read()).containsExactly(first, second);
        try (RunLogReader reader = RunLogReader.open(folder)) {
            assertThat(reader.snapshot()).isEqualTo(Attempts.snapshot());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>x()",
                "]]>",
                "\u0000\u0001\u001b[31m",
                "line\nbreak\r\u2028",
                "\ud800 alone",
                "素数 😀"
            })
    void any_text_survives_unchanged(String text) throws IOException {
        AttemptRecord attempt = Attempts.with(
                "sum-1",
                Mode.STANDARD,
                0,
                new VerdictRecord(Outcome.WRONG, 0, 1, "WA", text, text),
                StopReason.STOP,
                9,
                text,
                text);
        write(attempt);

        assertThat(read()).containsExactly(attempt);
        assertThat(Files.readAllLines(folder.resolve("attempts.jsonl"))).hasSize(1);
    }

    @Test
    void a_line_begins_with_the_checksum_of_its_rest() throws IOException {
        write(Attempts.correct("sum-1", Mode.STANDARD, 0));

        String line = Files.readAllLines(folder.resolve("attempts.jsonl")).getFirst();
        CRC32C crc = new CRC32C();
        crc.update(line.substring(21).getBytes(StandardCharsets.UTF_8));
        assertThat(line).startsWith("{\"crc32c\":\"%08x\",\"key\":".formatted(crc.getValue()));
    }

    @Test
    void resuming_tells_what_is_finished_and_goes_on() throws IOException {
        write(Attempts.correct("sum-1", Mode.STANDARD, 0));
        try (RunLogWriter writer = RunLogWriter.resume(folder)) {
            assertThat(writer.finished())
                    .containsExactly(new AttemptKey("micro-math", "sum-1", "bundled", Mode.STANDARD, 0));
            writer.append(Attempts.correct("sum-2", Mode.STANDARD, 0));
        }
        assertThat(read()).hasSize(2);
    }

    @Test
    void a_line_torn_at_any_byte_is_dropped_and_only_that_line() throws IOException {
        AttemptRecord kept = Attempts.correct("sum-1", Mode.STANDARD, 0);
        AttemptRecord torn = Attempts.correct("sum-2", Mode.STANDARD, 0);
        write(kept, torn);
        Path file = folder.resolve("attempts.jsonl");
        byte[] whole = Files.readAllBytes(file);
        int first = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int length = first; length < whole.length - 1; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (RunLogReader reader = RunLogReader.open(folder)) {
                assertThat(reader.tornBytes()).isEqualTo(length - first);
            }
            try (RunLogWriter writer = RunLogWriter.resume(folder)) {
                assertThat(writer.finished()).containsExactly(kept.key());
                assertThat(writer.droppedBytes()).isEqualTo(length - first);
                assertThat(Files.size(file)).isEqualTo(first);
            }
        }
    }

    @Test
    void a_whole_last_line_that_only_lacks_its_line_feed_is_kept() throws IOException {
        write(Attempts.correct("sum-1", Mode.STANDARD, 0));
        Path file = folder.resolve("attempts.jsonl");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        try (RunLogWriter writer = RunLogWriter.resume(folder)) {
            assertThat(writer.finished()).hasSize(1);
            writer.append(Attempts.correct("sum-2", Mode.STANDARD, 0));
        }
        assertThat(read()).hasSize(2);
    }

    @Test
    void a_tail_of_zeros_left_by_a_power_cut_is_dropped() throws IOException {
        write(Attempts.correct("sum-1", Mode.STANDARD, 0));
        Files.write(folder.resolve("attempts.jsonl"), new byte[4096], StandardOpenOption.APPEND);

        try (RunLogWriter writer = RunLogWriter.resume(folder)) {
            assertThat(writer.finished()).hasSize(1);
            assertThat(writer.droppedBytes()).isEqualTo(4096);
        }
    }

    @Test
    void a_damaged_line_in_the_middle_is_an_error_that_names_file_and_line() throws IOException {
        write(Attempts.correct("sum-1", Mode.STANDARD, 0), Attempts.correct("sum-2", Mode.STANDARD, 0));
        Path file = folder.resolve("attempts.jsonl");
        Files.writeString(file, Files.readString(file).replaceFirst("\"correct\"", "\"partial\""));

        assertThatThrownBy(() -> RunLogReader.open(folder))
                .isInstanceOf(RunLogException.class)
                .hasMessageContaining("attempts.jsonl line 1 is damaged: its checksum is");
        assertThatThrownBy(() -> RunLogWriter.resume(folder)).isInstanceOf(RunLogException.class);
    }

    @Test
    void refuses_a_second_writer() throws IOException {
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            assertThatThrownBy(() -> RunLogWriter.resume(folder))
                    .isInstanceOf(RunLogException.class)
                    .hasMessageContaining("is being written by another goldline");
            writer.append(Attempts.correct("sum-1", Mode.STANDARD, 0));
        }
        RunLogWriter.resume(folder).close();
    }

    @Test
    void refuses_an_attempt_that_is_finished_already() throws IOException {
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            writer.append(Attempts.correct("sum-1", Mode.STANDARD, 0));
            assertThatThrownBy(() -> writer.append(Attempts.correct("sum-1", Mode.STANDARD, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("attempt micro-math/sum-1 bundled standard #0 is in the log already");
        }
    }

    @Test
    void refuses_an_attempt_of_another_run() throws IOException {
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            assertThatThrownBy(() -> writer.append(Attempts.correct("sum-1", Mode.NON_THINKING, 0)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is none that run 'first-light' asks for");
        }
    }

    @Test
    void an_unscored_attempt_may_be_made_again_and_only_the_last_counts() throws IOException {
        AttemptRecord failed = Attempts.of("sum-1", Mode.STANDARD, 0, Outcome.UNSCORED, StopReason.ERROR, 3);
        AttemptRecord other = Attempts.correct("sum-2", Mode.STANDARD, 0);
        AttemptRecord again = Attempts.correct("sum-1", Mode.STANDARD, 0);
        write(failed, other);
        try (RunLogWriter writer = RunLogWriter.resume(folder)) {
            assertThat(writer.finished()).containsExactly(other.key());
            assertThat(writer.unscored()).containsExactly(failed.key());
            writer.append(again);
            assertThat(writer.unscored()).isEmpty();
        }

        assertThat(read()).containsExactly(other, again);
    }

    @Test
    void attempts_of_many_threads_are_each_there_once() throws Exception {
        List<Future<?>> done = new ArrayList<>();
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot());
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int problem = 0; problem < 8; problem++) {
                String id = "sum-" + problem;
                done.add(threads.submit(() -> {
                    for (int index = 0; index < 25; index++) {
                        writer.append(Attempts.correct(id, Mode.STANDARD, index));
                    }
                    return null;
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }

        assertThat(read().stream().map(AttemptRecord::key)).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void an_interrupted_thread_does_not_break_the_log_for_others() throws IOException {
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            Thread.currentThread().interrupt();
            writer.append(Attempts.correct("sum-1", Mode.STANDARD, 0));
            assertThat(Thread.interrupted()).isTrue();
            writer.append(Attempts.correct("sum-2", Mode.STANDARD, 0));
        }
        assertThat(read()).hasSize(2);
    }

    @Test
    void refuses_a_newer_schema() throws IOException {
        write(Attempts.correct("sum-1", Mode.STANDARD, 0));
        Path file = folder.resolve("run.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\"schemaVersion\" : 2", "\"schemaVersion\" : 3"));

        assertThatThrownBy(() -> RunLogReader.open(folder))
                .isInstanceOf(RunLogException.class)
                .hasMessageContaining("has schema version 3; this goldline reads versions up to 2");
    }

    @Test
    void says_what_is_no_run() throws IOException {
        assertThatThrownBy(() -> RunLogReader.open(folder.resolve("none"))).hasMessageContaining("no such folder");
        assertThatThrownBy(() -> RunLogReader.open(folder)).hasMessageContaining("the folder has no run.json");
        Files.writeString(folder.resolve("run.json"), "[1]");
        assertThatThrownBy(() -> RunLogReader.open(folder)).hasMessageContaining("has no schemaVersion");
        Files.writeString(folder.resolve("run.json"), "{\"schemaVersion\":");
        assertThatThrownBy(() -> RunLogReader.open(folder))
                .isInstanceOf(RunLogException.class)
                .hasMessageContaining("run.json cannot be read");
        Files.writeString(folder.resolve("run.json"), "[".repeat(100_000));
        assertThatThrownBy(() -> RunLogReader.open(folder)).isInstanceOf(RunLogException.class);
    }

    @Test
    void a_resumed_run_must_ask_for_the_same() throws IOException {
        write(Attempts.correct("sum-1", Mode.STANDARD, 0));
        RunSnapshot was = Attempts.snapshot();
        RunSnapshot other = new RunSnapshot(
                was.schemaVersion(),
                "0.2.0",
                was.name(),
                was.model(),
                was.modes(),
                was.sets(),
                was.samples(),
                8,
                was.judgeProfile(),
                was.promptHash(),
                was.machine(),
                was.createdAt());

        assertThatThrownBy(() -> RunLogWriter.createOrResume(folder, other))
                .isInstanceOf(RunLogException.class)
                .hasMessageContaining("seed: the run has 7, asked for now is 8")
                .hasMessageNotContaining("0.2.0");
        RunLogWriter.createOrResume(folder, was).close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"seed\":1234,          | ''                    | it has no seed",
                "\"seed\":1234           | \"seed\":1234,\"x\":1 | it has an unknown name 'x'",
                "\"seed\":1234           | \"seed\":null         | seed is VALUE_NULL, must be VALUE_NUMBER_INT",
                "\"mode\":\"standard\"   | \"mode\":\"fast\"     | unknown mode 'fast'; use one of",
                "\"points\":1.0          | \"points\":2           | a verdict with 2.0 points of 1.0",
                "PT0.1S                  | tomorrow              | duration 'tomorrow' is no ISO 8601 time",
                "\"pieces\":[7,50]       | \"pieces\":[7,50,1]    | pieces holds 3 numbers",
                "\"lost\":[]}         | \"lost\":[]}]        | Unexpected close marker",
            })
    void a_line_with_a_good_checksum_but_another_schema_is_refused(String found, String instead, String message)
            throws IOException {
        write(Attempts.correct("sum-1", Mode.STANDARD, 0));
        Path file = folder.resolve("attempts.jsonl");
        String line = Files.readAllLines(file).getFirst();
        assertThat(line).contains(found);
        String rest = line.substring(21).replace(found, instead);
        CRC32C crc = new CRC32C();
        crc.update(rest.getBytes(StandardCharsets.UTF_8));
        Files.writeString(file, "{\"crc32c\":\"%08x\",%s\n".formatted(crc.getValue(), rest));

        assertThatThrownBy(this::read)
                .isInstanceOf(RunLogException.class)
                .hasMessageContaining("attempts.jsonl line 1 is no attempt of schema version 2: ")
                .hasMessageContaining(message);
    }

    @Test
    void what_our_side_broke_can_only_be_unscored() {
        assertThatThrownBy(() -> Attempts.of("sum-1", Mode.STANDARD, 0, Outcome.WRONG, StopReason.ERROR, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can only be 'unscored'");
    }

    private void write(AttemptRecord... attempts) throws IOException {
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            for (AttemptRecord attempt : attempts) {
                writer.append(attempt);
            }
        }
    }

    private List<AttemptRecord> read() throws IOException {
        List<AttemptRecord> attempts = new ArrayList<>();
        try (RunLogReader reader = RunLogReader.open(folder)) {
            for (Optional<AttemptRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                attempts.add(next.get());
            }
        }
        return attempts;
    }
}
