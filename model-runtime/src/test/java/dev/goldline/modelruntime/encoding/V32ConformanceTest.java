package dev.goldline.modelruntime.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.goldline.modelruntime.chat.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published layout's cases without tools, response formats and developer turns, which are not laid out yet. */
class V32ConformanceTest {
    private static final Set<String> ROLES = Set.of("system", "user", "assistant");

    @TestFactory
    Stream<DynamicTest> renders_what_the_published_encoder_renders() throws IOException {
        List<JsonNode> cases =
                cases("encode").filter(c -> c.path("add_bos").asBoolean(true)).toList();
        assertThat(cases).as("cases without tools").hasSizeGreaterThanOrEqualTo(8);
        return cases.stream()
                .map(c -> DynamicTest.dynamicTest(
                        c.path("id").asString(),
                        () -> assertThat(render(c)).isEqualTo(c.path("expected").asString())));
    }

    @TestFactory
    Stream<DynamicTest> refuses_what_the_published_encoder_refuses() throws IOException {
        List<JsonNode> cases = cases("encode_errors")
                .filter(c -> !c.path("id").asString().equals("bad-mode")) // modes are a type here
                .toList();
        assertThat(cases).isNotEmpty();
        return cases.stream()
                .map(c -> DynamicTest.dynamicTest(
                        c.path("id").asString(),
                        () -> assertThatIllegalArgumentException().isThrownBy(() -> render(c))));
    }

    private static Stream<JsonNode> cases(String list) throws IOException {
        String folder = System.getProperty("goldline.conformance", "");
        assumeFalse(folder.isEmpty(), "skipped: give the folder of the conformance data with -Dgoldline.conformance");
        String json = Files.readString(Path.of(folder, "dsml", "v32", "encode_cases.json"));
        return JsonMapper.builder().build().readTree(json).path(list).values().stream()
                .filter(V32ConformanceTest::withoutTools);
    }

    private static boolean withoutTools(JsonNode example) {
        return !example.has("context")
                && example.path("messages").values().stream()
                        .allMatch(m -> ROLES.contains(m.path("role").asString())
                                && !m.has("tools")
                                && !m.has("tool_calls")
                                && !m.has("response_format"));
    }

    private static String render(JsonNode example) {
        List<Message> messages = example.path("messages").values().stream()
                .map(m -> new Message(
                        Message.Role.valueOf(m.path("role").asString().toUpperCase(java.util.Locale.ROOT)),
                        m.path("content").asString(""),
                        m.has("reasoning_content")
                                ? Optional.of(m.path("reasoning_content").asString())
                                : Optional.empty()))
                .toList();
        return V32Encoding.prompt(messages, example.path("mode").asString().equals("thinking"), "")
                .render();
    }
}
