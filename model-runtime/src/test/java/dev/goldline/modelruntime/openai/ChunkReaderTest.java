package dev.goldline.modelruntime.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class ChunkReaderTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void a_reader_that_has_seen_much_reads_as_one_that_has_seen_nothing() {
        SplittableRandom random = new SplittableRandom(9);
        ChunkReader seasoned = new ChunkReader();
        String[] texts = {"", " so", "é≤😀", "a\nb", "\"", "\\", "\\n", "\u0001", "\uFFFD", "}]}", "\",\"x\":\""};
        String[] ends = {"", ",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}", ",\"error\":null"};
        for (int i = 0; i < 5000; i++) {
            String name = random.nextInt(3) == 0 ? "content" : "reasoning_content";
            String text = texts[random.nextInt(texts.length)] + texts[random.nextInt(texts.length)];
            String other = random.nextInt(4) == 0 ? ",\"content\":null" : "";
            String finish = random.nextInt(9) == 0 ? "\"stop\"" : "null";
            String event = "{\"id\":\"c" + random.nextInt(2) + "\",\"choices\":[{\"index\":0,\"delta\":{\"" + name
                    + "\":"
                    + JSON.writeValueAsString(text) + (name.equals("content") ? "" : other)
                    + "},\"finish_reason\":" + finish + "}]" + ends[random.nextInt(20) == 0 ? 1 + random.nextInt(2) : 0]
                    + "}";
            assertThat(told(seasoned, event)).as(event).isEqualTo(told(new ChunkReader(), event));
        }
    }

    @Test
    void the_same_text_under_both_names_is_told_once() {
        String event = "{\"choices\":[{\"delta\":{\"reasoning\":\"why\",\"reasoning_content\":\"why\"}}]}";
        ChunkReader reader = new ChunkReader();
        assertThat(told(reader, event)).startsWith("why||");
        assertThat(told(reader, event)).startsWith("why||");
    }

    @Test
    void reads_what_is_only_part_of_a_larger_array() {
        byte[] bytes = "xxx{\"choices\":[{\"text\":\"a\"}]}yyy".getBytes(StandardCharsets.UTF_8);
        ChunkReader reader = new ChunkReader();
        for (int i = 0; i < 3; i++) {
            assertThat(reader.read(bytes, 3, bytes.length - 3).content).isEqualTo("a");
        }
    }

    @Test
    void reads_parts_of_tool_calls() {
        Chunk chunk =
                read("{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":1,\"id\":\"c\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"{\\\"a\\\"\"}}]}}]}");
        assertThat(chunk.toolParts).containsExactly(new Chunk.ToolPart(1, "c", "f", "{\"a\""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "{",
                "{} {}",
                "{\"choices\":7}",
                "{\"choices\":[7]}",
                "{\"choices\":[{\"delta\":{\"content\":[]}}]}",
                "{\"choices\":[{},{}]}",
                "not JSON",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":99999}]}}]}"
            })
    void refuses_what_is_no_chunk(String event) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read(event));
    }

    @Test
    void refuses_depth_without_end() {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> read("{\"x\":" + "[".repeat(100_000)));
    }

    private static Chunk read(String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        return new ChunkReader().read(bytes, 0, bytes.length);
    }

    private static String told(ChunkReader reader, String event) {
        byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
        Chunk chunk = reader.read(bytes, 0, bytes.length);
        return chunk.reasoning + "|" + chunk.content + "|" + chunk.finishReason + "|" + chunk.usage + "|" + chunk.error;
    }
}
