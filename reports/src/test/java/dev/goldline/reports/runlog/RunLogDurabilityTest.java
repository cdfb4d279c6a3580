package dev.goldline.reports.runlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class RunLogDurabilityTest {
    @TempDir
    Path folder;

    @Test
    void a_folder_removed_under_the_writer_is_an_error_and_not_a_silent_loss() throws IOException {
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            writer.append(Attempts.correct("sum-1", Mode.STANDARD, 0));
            Files.delete(folder.resolve("attempts.jsonl"));

            assertThatThrownBy(() -> writer.append(Attempts.correct("sum-1", Mode.STANDARD, 1)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("attempts.jsonl was removed while the run was writing it");
        }
    }

    @Test
    void a_log_replaced_under_the_writer_is_an_error() throws IOException {
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            writer.append(Attempts.correct("sum-1", Mode.STANDARD, 0));
            Path log = folder.resolve("attempts.jsonl");
            Path copy = Files.copy(log, folder.resolve("copy"));
            Files.delete(log);
            Files.move(copy, log);

            assertThatThrownBy(() -> writer.append(Attempts.correct("sum-1", Mode.STANDARD, 1)))
                    .hasMessageContaining("was replaced while the run was writing it");
        }
    }

    @Test
    void who_comes_second_is_told_the_process_that_has_the_folder() throws IOException {
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            assertThat(writer.finishedCount()).isZero();
            assertThatThrownBy(() -> RunLogWriter.resume(folder))
                    .isInstanceOf(RunLogException.class)
                    .hasMessageContaining("(process " + ProcessHandle.current().pid() + ")");
        }
    }

    @Test
    void lost_work_is_kept_with_the_attempt() throws IOException {
        AttemptRecord made = Attempts.correct("sum-1", Mode.STANDARD, 0);
        AttemptRecord retried = withLost(
                made,
                List.of(
                        LostWork.turnedAway("rate-limit"),
                        new LostWork("connection", 2, OptionalLong.empty(), 30, OptionalLong.of(20))));
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            writer.append(retried);
        }

        try (RunLogReader reader = RunLogReader.open(folder)) {
            assertThat(reader.next()).contains(retried);
        }
        assertThat(retried.lostOutputTokens()).isEqualTo(30);
    }

    @Test
    void a_line_of_version_1_has_lost_nothing() throws IOException {
        AttemptRecord made = Attempts.correct("sum-1", Mode.STANDARD, 0);
        RunLogWriter.create(folder, Attempts.snapshot()).close();
        String json = LineCodec.MAPPER.writeValueAsString(made).replace(",\"lost\":[]", "");
        assertThat(json).doesNotContain("lost");
        Files.write(
                folder.resolve("attempts.jsonl"),
                LineCodec.frame(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        try (RunLogReader reader = RunLogReader.open(folder)) {
            assertThat(reader.next()).contains(made);
        }
    }

    @Test
    void notes_come_back_in_order_and_a_torn_last_one_is_dropped() throws IOException {
        RunNote opened = new RunNote(Instant.EPOCH, RunNote.Kind.OPENED, Map.of("pid", "7"));
        RunNote closed = new RunNote(Instant.EPOCH, RunNote.Kind.CLOSED, Map.of("end", "complete"));
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            writer.note(opened);
        }
        Files.writeString(folder.resolve("notes.jsonl"), "{\"crc32c\":\"torn", StandardOpenOption.APPEND);
        assertThat(RunNotes.read(folder)).containsExactly(opened);

        try (RunLogWriter writer = RunLogWriter.resume(folder)) {
            writer.note(closed);
        }

        assertThat(RunNotes.read(folder)).containsExactly(opened, closed);
    }

    @Test
    void every_line_is_read_on_request_and_says_whether_it_was_superseded() throws IOException {
        AttemptRecord spoilt = Attempts.of("sum-1", Mode.STANDARD, 0, Outcome.UNSCORED, StopReason.ERROR, 4);
        AttemptRecord made = Attempts.correct("sum-1", Mode.STANDARD, 0);
        try (RunLogWriter writer = RunLogWriter.create(folder, Attempts.snapshot())) {
            writer.append(spoilt);
            writer.append(made);
        }

        try (RunLogReader reader = RunLogReader.openEveryLine(folder)) {
            assertThat(reader.next()).contains(spoilt);
            assertThat(reader.isSuperseded()).isTrue();
            assertThat(reader.next()).contains(made);
            assertThat(reader.isSuperseded()).isFalse();
            assertThat(reader.lineNumber()).isEqualTo(2);
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void the_key_index_agrees_with_a_set_of_keys() {
        SplittableRandom random = new SplittableRandom(11);
        KeyIndex index = new KeyIndex();
        Set<AttemptKey> expected = new HashSet<>();
        for (int step = 0; step < 5_000; step++) {
            AttemptKey key = new AttemptKey(
                    "s",
                    "p" + random.nextInt(4),
                    "m",
                    Mode.values()[random.nextInt(3)],
                    random.nextInt(10) == 0 ? Integer.MAX_VALUE - random.nextInt(3) : random.nextInt(300));
            if (random.nextInt(3) == 0) {
                index.remove(key);
                expected.remove(key);
            } else {
                assertThat(index.add(key)).isEqualTo(expected.add(key));
            }
            assertThat(index.contains(key)).isEqualTo(expected.contains(key));
        }
        assertThat(index.toSet()).isEqualTo(expected);
        assertThat(index.size()).isEqualTo(expected.size());
    }

    private static AttemptRecord withLost(AttemptRecord made, List<LostWork> lost) {
        return new AttemptRecord(
                made.key(),
                made.verdict(),
                made.family(),
                made.tags(),
                made.seed(),
                made.stopReason(),
                made.stopDetail(),
                made.prompt(),
                made.reported(),
                made.counted(),
                made.thoughtClosed(),
                made.reasoning(),
                made.content(),
                made.startedAt(),
                made.duration(),
                made.error(),
                lost);
    }
}
