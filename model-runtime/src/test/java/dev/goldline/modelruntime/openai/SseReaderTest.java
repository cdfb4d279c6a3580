package dev.goldline.modelruntime.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SseReaderTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            data: a##data: b##              | a,b
            data:a##                        | a
            data:  a##                      | ` a`
            data: a#data: b##               | a/b
            data: a#data#data: c##          | a//c
            : comment##data: a##            | a
            data: a#: comment#data: b##     | a/b
            event: x#id: 7#retry: 9#data: a## | a
            ####data: a##                   | a
            data: a%%data: b%%              | a,b
            data: a%#%#data: b%#%#          | a,b
            data: a%#data: b#%              | a/b
            data: é≤😀##                    | é≤😀
            """)
    void takes_events_out_of_every_form_the_standard_allows(String stream, String events) throws Exception {
        String text = stream.strip().replace('#', '\n').replace('%', '\r');
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int piece = 1; piece <= bytes.length; piece++) {
            assertThat(String.join(",", read(bytes, piece)).replace('\n', '/'))
                    .as("in pieces of %d", piece)
                    .isEqualTo(events);
        }
    }

    @Test
    void a_byte_order_mark_is_skipped() throws Exception {
        assertThat(read("\uFEFFdata: a\n\n".getBytes(StandardCharsets.UTF_8), 4))
                .containsExactly("a");
    }

    @Test
    void however_a_stream_is_cut_into_pieces_the_events_are_the_same() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        for (int run = 0; run < 200; run++) {
            List<String> wanted = new ArrayList<>();
            StringBuilder stream = new StringBuilder();
            String[] ends = {"\n", "\r", "\r\n"};
            for (int i = 0; i < 30; i++) {
                String data = "x≤".repeat(random.nextInt(random.nextInt(10) == 0 ? 3000 : 20)) + i;
                String end = ends[random.nextInt(3)];
                if (random.nextInt(4) == 0) {
                    stream.append(": keep-alive").append(end).append(end);
                }
                stream.append("data: ").append(data).append(end);
                if (random.nextInt(5) == 0) {
                    stream.append("data: more").append(end);
                    data += "\nmore";
                }
                stream.append(end);
                // A bare CR before a bare LF would be one line end.
                stream.append(": end").append(end);
                wanted.add(data);
            }
            byte[] bytes = stream.toString().getBytes(StandardCharsets.UTF_8);
            SseReader reader = new SseReader();
            List<String> events = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextBoolean() ? 5 : 9000));
                reader.append(ByteBuffer.wrap(bytes, at, length).asReadOnlyBuffer());
                at += length;
                drain(reader, events);
            }
            assertThat(events).as("run %d", run).isEqualTo(wanted);
        }
    }

    @Test
    void an_event_without_its_empty_line_is_had_at_the_end() throws Exception {
        SseReader reader = new SseReader();
        reader.append(ByteBuffer.wrap("data: a\n\ndata: [DONE]".getBytes(StandardCharsets.UTF_8)));
        assertThat(reader.next()).isTrue();
        assertThat(reader.next()).isFalse();
        assertThat(reader.finish()).isTrue();
        assertThat(text(reader)).isEqualTo("[DONE]");
        assertThat(reader.finish()).isFalse();
    }

    @Test
    void ids_and_errors_are_of_their_event_only() throws Exception {
        SseReader reader = new SseReader();
        reader.append(ByteBuffer.wrap(
                "id: 7\nevent: error\ndata: a\n\ndata: b\n\nerror: {}\n\n".getBytes(StandardCharsets.UTF_8)));
        assertThat(reader.next()).isTrue();
        assertThat(reader.id()).isEqualTo("7");
        assertThat(reader.isError()).isTrue();
        assertThat(reader.next()).isTrue();
        assertThat(reader.id()).isEmpty();
        assertThat(reader.isError()).isFalse();
        assertThat(reader.next()).isTrue();
        assertThat(reader.isError()).isTrue();
        assertThat(text(reader)).isEqualTo("{}");
    }

    @Test
    void what_is_no_event_is_named_with_its_line() {
        assertThatExceptionOfType(SseReader.MalformedException.class)
                .isThrownBy(() -> read("data: a\n\n<html>\n".getBytes(StandardCharsets.UTF_8), 100))
                .withMessage("line 3 is no event: '<html>'");
    }

    @Test
    void a_line_without_end_is_refused() {
        assertThatExceptionOfType(SseReader.MalformedException.class)
                .isThrownBy(() -> endless("data: ", "x".repeat(10_000)))
                .withMessage("line 1 has more than 1048576 bytes");
    }

    @Test
    void an_event_without_end_is_refused() {
        assertThatExceptionOfType(SseReader.MalformedException.class)
                .isThrownBy(() -> endless("", "data: " + "x".repeat(10_000) + "\n"))
                .withMessageContaining("an event has more than 4194304 bytes");
        assertThatExceptionOfType(SseReader.MalformedException.class)
                .isThrownBy(() -> endless("data: x\n", ": " + "x".repeat(10_000) + "\n"))
                .withMessageContaining("goes on for more than 4194304 bytes");
    }

    private static void endless(String begin, String repeated) throws SseReader.MalformedException {
        SseReader reader = new SseReader();
        reader.append(ByteBuffer.wrap(begin.getBytes(StandardCharsets.UTF_8)));
        byte[] piece = repeated.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1000; i++) {
            reader.append(ByteBuffer.wrap(piece));
            assertThat(reader.next()).isFalse();
        }
    }

    private static List<String> read(byte[] bytes, int piece) throws SseReader.MalformedException {
        SseReader reader = new SseReader();
        List<String> events = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += piece) {
            reader.append(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
            drain(reader, events);
        }
        if (reader.finish()) {
            events.add(text(reader));
        }
        return events;
    }

    private static void drain(SseReader reader, List<String> events) throws SseReader.MalformedException {
        while (reader.next()) {
            events.add(text(reader));
        }
    }

    private static String text(SseReader reader) {
        return new String(
                reader.data(), reader.dataStart(), reader.dataEnd() - reader.dataStart(), StandardCharsets.UTF_8);
    }
}
