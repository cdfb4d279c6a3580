package dev.goldline.modelruntime.openai;

import static dev.goldline.modelruntime.openai.ScriptedServer.STREAM;
import static dev.goldline.modelruntime.openai.ScriptedServer.events;
import static dev.goldline.modelruntime.openai.ScriptedServer.reply;
import static dev.goldline.modelruntime.openai.ScriptedServer.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KeyTest {
    private static final String PLANTED = "sk-planted-0123456789";

    @Test
    void a_planted_key_shows_nowhere_whatever_goes_wrong() throws Exception {
        String echo = "you sent Bearer " + PLANTED + " and that is wrong";
        List<ScriptedServer.Script> scripts = List.of(
                reply(401, "", "{\"error\":{\"message\":\"" + echo + "\"}}"),
                reply(400, "", "{\"detail\":\"" + echo + "\"}"),
                reply(429, "X-Key: " + PLANTED + "\r\n", echo),
                reply(503, "", echo),
                reply(200, "", echo),
                reply(200, "", "{\"error\":\"" + echo + "\"}"),
                says(STREAM + "data: {\"error\":{\"message\":\"" + echo + "\"}}\n\n"),
                says(STREAM + "event: error\ndata: " + echo + "\n\n"),
                says(STREAM + echo + "\n\n"),
                says(STREAM + "data: " + PLANTED + "\n\n"),
                events("{\"choices\":[{\"delta\":{},\"finish_reason\":\"" + PLANTED + "\"}]}"),
                says("HTTP/1.1 " + PLANTED + "\r\n\r\n"),
                says(""));
        StringBuilder shown = new StringBuilder();
        Handler handler = collecting(shown);
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            for (ScriptedServer.Script script : scripts) {
                shown.append(all(script));
            }
        } finally {
            root.removeHandler(handler);
        }
        assertThat(shown.toString()).contains("(key)").doesNotContain(PLANTED).doesNotContain("0123456789");
        assertThat(ProcessHandle.current().info().commandLine().orElse("")).doesNotContain(PLANTED);
    }

    @Test
    void a_key_does_not_show_itself() {
        ApiKey key = ApiKey.from(Map.of("K", PLANTED), Optional.of("K"), "m");
        assertThat(key).hasToString("the key in K");
        assertThat(key.authorization()).contains("Bearer " + PLANTED);
    }

    @Test
    void a_missing_key_says_which_variable_to_set() {
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("K", "  "))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(environment))
                    .withMessageContaining("the environment variable K is not set");
        }
    }

    @Test
    void a_key_that_no_header_can_hold_is_refused_without_being_shown() {
        for (String bad : List.of(PLANTED + "\nX: y", PLANTED + " x", PLANTED + "é")) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> open(Map.of("K", bad)))
                    .satisfies(e -> assertThat(trace(e)).contains("variable K").doesNotContain(PLANTED));
        }
    }

    @Test
    void a_key_written_into_the_profile_is_refused_without_being_shown() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() ->
                        new Asking().profile("key-variable: " + PLANTED).open(URI.create("http://127.0.0.1:9/v1")))
                .satisfies(e -> assertThat(trace(e))
                        .contains("is not the name of an environment variable")
                        .doesNotContain(PLANTED));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new Asking().open(URI.create("http://me:" + PLANTED + "@127.0.0.1:9/v1")))
                .satisfies(e -> assertThat(trace(e)).contains("holds a user").doesNotContain(PLANTED));
    }

    private static String all(ScriptedServer.Script script) throws Exception {
        StringBuilder shown = new StringBuilder();
        try (ScriptedServer server = new ScriptedServer(script);
                OpenAiChatModel model = new Asking()
                        .profile("key-variable: K")
                        .environment(Map.of("K", PLANTED))
                        .open(server.endpoint());
                ChatStream stream = model.open(new Asking().request())) {
            shown.append(model).append(model.profile()).append(model.revision()).append(stream);
            List<ChatEvent> events = new ArrayList<>();
            while (events.isEmpty() || !(events.getLast() instanceof ChatEvent.Stop)) {
                events.add(stream.next());
            }
            shown.append(events).append('\n');
            assertThat(server.received().getFirst().head()).contains(PLANTED);
        } catch (IllegalArgumentException e) {
            shown.append(trace(e));
        }
        return shown.toString();
    }

    private static OpenAiChatModel open(Map<String, String> environment) throws Exception {
        return new Asking()
                .profile("key-variable: K")
                .environment(environment)
                .open(URI.create("http://127.0.0.1:9/v1"));
    }

    private static String trace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static Handler collecting(StringBuilder shown) {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord record) {
                shown.append(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        return handler;
    }
}
