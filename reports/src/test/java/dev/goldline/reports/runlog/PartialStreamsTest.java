package dev.goldline.reports.runlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class PartialStreamsTest {
    private static final AttemptKey KEY = new AttemptKey("s", "p", "m", Mode.STANDARD, 3);

    @TempDir
    Path folder;

    private PartialStreams streams = new PartialStreams(Path.of("partial"));

    @BeforeEach
    void in_a_folder() {
        streams = new PartialStreams(folder.resolve("partial"));
    }

    @Test
    void gives_back_what_was_flushed_with_its_token_counts() throws IOException {
        PartialStream stream = streams.start(KEY, 7, List.of());
        stream.reasoning("think", 2);
        stream.flush();
        stream.reasoning("ing", 3);
        stream.thoughtClosed(new ThoughtClosed(4, false));
        stream.content("\\boxed{", 6);
        stream.flush();
        stream.content("not flushed", 9);

        PartialStreams.Left left = streams.left(KEY).orElseThrow();

        assertThat(left.key()).isEqualTo(KEY);
        assertThat(left.seed()).isEqualTo(7);
        assertThat(left.reasoning())
                .isEqualTo(
                        TokenText.builder().append("think", 2).append("ing", 3).build());
        assertThat(left.content())
                .isEqualTo(TokenText.builder().append("\\boxed{", 6).build());
        assertThat(left.thoughtClosed()).contains(new ThoughtClosed(4, false));
        assertThat(left.output()).isEqualTo(6);
    }

    @Test
    void two_kilobytes_are_written_without_being_asked() throws IOException {
        PartialStream stream = streams.start(KEY, 7, List.of());
        stream.reasoning("x".repeat(2047), 100);
        assertThat(streams.left(KEY)).isEmpty();

        stream.reasoning("y", 101);

        assertThat(streams.left(KEY).orElseThrow().output()).isEqualTo(101);
    }

    @Test
    void a_short_answer_never_touches_the_disk() throws IOException {
        PartialStream stream = streams.start(KEY, 7, List.of());
        stream.content("42", 1);
        stream.finished();

        assertThat(folder.resolve("partial")).doesNotExist();
    }

    @Test
    void a_torn_tail_costs_no_more_than_the_tail() throws IOException {
        PartialStream stream = streams.start(KEY, 7, List.of());
        stream.reasoning("kept", 2);
        stream.flush();
        stream.reasoning("torn", 4);
        stream.flush();
        Path file = only();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 5));

        assertThat(streams.left(KEY).orElseThrow().output()).isEqualTo(2);
    }

    @Test
    void a_file_of_garbage_is_no_stream_and_is_swept_away() throws IOException {
        PartialStream stream = streams.start(KEY, 7, List.of());
        stream.reasoning("kept", 2);
        stream.flush();
        Files.writeString(only(), "garbage\n", StandardOpenOption.TRUNCATE_EXISTING);

        assertThat(streams.left(KEY)).isEmpty();
        assertThat(streams.sweep(key -> false)).isEqualTo(new PartialStreams.Summary(0, 0));
        assertThat(folder.resolve("partial")).isEmptyDirectory();
    }

    @Test
    void what_a_restart_loses_adds_up_and_is_forgotten_only_when_the_new_stream_is_on_disk() throws IOException {
        PartialStream first = streams.start(KEY, 7, List.of(LostWork.turnedAway("rate-limit")));
        first.reasoning("one", 5);
        first.flush();
        List<LostWork> lost = streams.left(KEY).orElseThrow().ifRestarted();
        PartialStream second = streams.start(KEY, 7, lost);
        second.reasoning("two", 1);
        assertThat(streams.left(KEY).orElseThrow().reasoning().text()).isEqualTo("one");

        second.flush();

        assertThat(streams.left(KEY).orElseThrow().ifRestarted())
                .containsExactly(
                        LostWork.turnedAway("rate-limit"),
                        new LostWork("crash", 2, OptionalLong.empty(), 6, OptionalLong.of(6)));
    }

    @Test
    void sweeping_removes_streams_of_finished_attempts_and_counts_the_others() throws IOException {
        for (int index = 0; index < 3; index++) {
            PartialStream stream = streams.start(new AttemptKey("s", "p", "m", Mode.STANDARD, index), 7, List.of());
            stream.reasoning("thought", 10);
            stream.abandoned();
        }

        assertThat(streams.sweep(key -> key.index() == 1)).isEqualTo(new PartialStreams.Summary(2, 20));
    }

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("partial"))) {
            return files.toList().getFirst();
        }
    }
}
