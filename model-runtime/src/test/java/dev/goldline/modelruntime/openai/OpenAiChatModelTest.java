package dev.goldline.modelruntime.openai;

import static dev.goldline.modelruntime.openai.ScriptedServer.STREAM;
import static dev.goldline.modelruntime.openai.ScriptedServer.events;
import static dev.goldline.modelruntime.openai.ScriptedServer.eventsThenSilence;
import static dev.goldline.modelruntime.openai.ScriptedServer.reply;
import static dev.goldline.modelruntime.openai.ScriptedServer.says;
import static dev.goldline.modelruntime.openai.ScriptedServer.sse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.goldline.modelruntime.Models;
import dev.goldline.modelruntime.chat.AnswerPrefix;
import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.ModelFailure;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.chat.Usage;
import dev.goldline.modelruntime.openai.Asking.Answered;
import dev.goldline.modelruntime.openai.ScriptedServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class OpenAiChatModelTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STOP = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";
    private static final String LENGTH = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"length\"}]}";
    private static final String DONE = "[DONE]";

    @Test
    void a_thought_sent_apart_and_its_answer_are_told_with_offsets_and_counts() throws Exception {
        Answered answered = ask(events(
                "{\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":null}}]}",
                thought("It "),
                thought("is 2."),
                content("2"),
                content("."),
                STOP,
                usage("\"prompt_tokens\":12,\"completion_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":8},"
                        + "\"completion_tokens_details\":{\"reasoning_tokens\":3}"),
                DONE));
        assertThat(answered.events())
                .containsExactly(
                        new ChatEvent.ReasoningDelta("It ", 1),
                        new ChatEvent.ReasoningDelta("is 2.", 2),
                        new ChatEvent.ThoughtClosed(3, false),
                        new ChatEvent.ContentDelta("2", 3),
                        new ChatEvent.ContentDelta(".", 4),
                        new ChatEvent.UsageReport(new Usage(12, 8, 5, 3)),
                        new ChatEvent.Stop(StopReason.STOP, ""));
    }

    @Test
    void a_thought_in_tags_is_parted_from_the_answer() throws Exception {
        Answered answered =
                ask(events(content("<th"), content("ink>why"), content("</think>"), content("so"), STOP, DONE));
        assertThat(answered.thought()).isEqualTo("why");
        assertThat(answered.content()).isEqualTo("so");
        assertThat(answered.closings()).containsExactly(new ChatEvent.ThoughtClosed(3, false));
    }

    @Test
    void a_thought_that_the_template_opened_is_parted_when_the_profile_says_so() throws Exception {
        Script script = events(content("why</think>"), content("so"), STOP, DONE);
        Answered answered = ask(new Asking().profile("thought: open"), script);
        assertThat(answered.thought()).isEqualTo("why");
        assertThat(answered.content()).isEqualTo("so");
        assertThat(ask(new Asking().profile("thought: open").mode(Mode.NON_THINKING), events(content("so"), STOP))
                        .content())
                .isEqualTo("so");
    }

    @Test
    void a_thought_left_in_the_answer_is_an_error_and_never_an_answer() throws Exception {
        Answered answered = ask(events(content("why"), content("</thi"), content("nk>so"), STOP, DONE));
        assertThat(answered.stop().reason()).isEqualTo(StopReason.ERROR);
        assertThat(answered.failure()).isInstanceOf(ModelFailure.Garbage.class);
        assertThat(answered.stop().detail()).contains("thought: open");
    }

    @Test
    void an_answer_that_ends_inside_its_thought_says_so() throws Exception {
        assertThat(ask(events(thought("why"), STOP, DONE)).stop())
                .isEqualTo(new ChatEvent.Stop(StopReason.STOP, "the model ended inside its thought"));
        assertThat(ask(events(thought("why"), LENGTH, DONE)).stop())
                .isEqualTo(new ChatEvent.Stop(StopReason.LENGTH, "while thinking"));
    }

    @Test
    void the_request_says_what_was_asked_and_what_the_profile_adds() throws Exception {
        try (ScriptedServer server = new ScriptedServer(events(content("2"), STOP, DONE))) {
            new Asking()
                    .profile("key-variable: SERVED_KEY\nextra-body: {standard: '{\"top_p\": 0.5, \"x\": {\"y\": 1}}'}")
                    .environment(Map.of("SERVED_KEY", "sk-planted"))
                    .at(server.endpoint());
            ScriptedServer.Received received = server.received().getFirst();
            assertThat(received.head()).startsWith("POST /v1/chat/completions ").contains("Bearer sk-planted");
            JsonNode body = JSON.readTree(received.body());
            assertThat(body).isEqualTo(JSON.readTree("""
                                    {"model": "m", "messages": [{"role": "user", "content": "How much is 1 + 1?"}],
                                     "stream": true, "max_tokens": 1000, "temperature": 0.7, "top_p": 0.5, "seed": 5,
                                     "stream_options": {"include_usage": true}, "x": {"y": 1}}
                                    """));
        }
    }

    @Test
    void cache_hits_are_read_as_deepseek_names_them_and_what_is_not_told_is_unknown() throws Exception {
        assertThat(ask(events(
                                content("2"),
                                STOP,
                                usage("\"prompt_tokens\":12,\"prompt_cache_hit_tokens\":4,\"completion_tokens\":5"),
                                DONE))
                        .usage())
                .contains(new Usage(12, OptionalLong.of(4), 5, OptionalLong.empty()));
    }

    @Test
    void an_endpoint_without_usage_leaves_it_unknown() throws Exception {
        Answered answered = ask(events(content("2"), STOP, DONE));
        assertThat(answered.usage()).isEmpty();
        assertThat(answered.stop()).isEqualTo(new ChatEvent.Stop(StopReason.STOP, ""));
    }

    @Test
    void counts_that_contradict_each_other_are_unknown_and_remarked_on() throws Exception {
        Answered answered = ask(events(
                content("2"),
                STOP,
                usage(
                        "\"prompt_tokens\":1,\"completion_tokens\":1,\"completion_tokens_details\":{\"reasoning_tokens\":9}"),
                DONE));
        assertThat(answered.usage()).isEmpty();
        assertThat(answered.stop().reason()).isEqualTo(StopReason.STOP);
        assertThat(answered.stop().detail()).contains("contradict each other").contains("reasoning 9");
    }

    @Test
    void counts_that_come_along_with_the_text_set_the_offsets() throws Exception {
        Answered answered = ask(events(
                "{\"choices\":[{\"delta\":{\"content\":\"a b\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2}}",
                "{\"choices\":[{\"delta\":{\"content\":\" c\"}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":5}}",
                STOP,
                DONE));
        assertThat(answered.events())
                .startsWith(new ChatEvent.ContentDelta("a b", 2), new ChatEvent.ContentDelta(" c", 5));
    }

    @Test
    void pieces_that_come_twice_under_one_id_are_told_once() throws Exception {
        Answered answered = ask(says(STREAM + "id: 1\n" + sse(content("a")) + "id: 1\n" + sse(content("a")) + "id: 2\n"
                + sse(content("a")) + sse(STOP, DONE)));
        assertThat(answered.content()).isEqualTo("aa");
        assertThat(answered.stop().detail()).isEqualTo("1 pieces came twice and were left out the second time");
    }

    @Test
    void more_pieces_than_tokens_are_remarked_on() throws Exception {
        String[] data = Collections.nCopies(9, content("a")).toArray(new String[12]);
        data[9] = STOP;
        data[10] = usage("\"prompt_tokens\":1,\"completion_tokens\":3");
        data[11] = DONE;
        assertThat(ask(events(data)).stop().detail()).contains("sent 9 pieces but counts 3 tokens");
    }

    @Test
    void calls_to_tools_are_told_in_parts() throws Exception {
        Answered answered = ask(events(
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"c1\",\"function\":{\"name\":\"f\","
                        + "\"arguments\":\"\"}}]}}]}",
                "{\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}}]}",
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"tool_calls\"}]}",
                DONE));
        assertThat(answered.events())
                .containsExactly(
                        new ChatEvent.ToolCallDelta(0, "c1", "f", "", 1),
                        new ChatEvent.ToolCallDelta(0, "", "", "{}", 2),
                        new ChatEvent.Stop(StopReason.STOP, "the model calls tools"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            400 | {"error":{"message":"top_k is odd"}}                           | BadRequest     | false | top_k is odd
            400 | {"error":{"message":"This model's maximum context length is 9"}} | ContextTooLong | false | --max-tokens
            400 | {"error":{"code":"context_length_exceeded","message":"no"}}    | ContextTooLong | false | --max-tokens
            400 | {"error":{"message":"Model Not Exist"}}                        | UnknownModel   | false | served-model ('m')
            401 | {"error":{"message":"bad key"}}                                | Unauthorized   | false | key-variable
            402 | {"error":{"message":"Insufficient Balance"}}                   | OutOfCredit    | false | add credit
            403 | {"detail":"not yours"}                                         | Unauthorized   | false | not yours
            404 | {"object":"error","message":"The model `x` does not exist."}    | UnknownModel   | false | /v1/models lists
            422 | {"detail":[{"msg":"odd"}]}                                     | BadRequest     | false | odd
            429 | {"error":{"message":"slow down"}}                              | RateLimited    | true  | --concurrency
            429 | {"error":{"code":"insufficient_quota","message":"pay"}}        | OutOfCredit    | false | add credit
            500 | oops                                                           | ServerFault    | true  | oops
            502 | <html>Bad Gateway</html>                                       | ServerFault    | true  | Bad Gateway
            503 | {"error":{"message":"Loading model"}}                          | Overloaded     | true  | Loading model
            302 | moved                                                          | BadRequest     | false | correct endpoint
            """)
    void a_refusal_is_sorted_and_names_endpoint_status_and_mend(
            int status, String body, String kind, boolean retryable, String mend) throws Exception {
        try (ScriptedServer server = new ScriptedServer(reply(status, "", body.strip()))) {
            Answered answered = new Asking().at(server.endpoint());
            assertThat(answered.stop().reason()).isEqualTo(StopReason.ERROR);
            assertThat(answered.failure().getClass().getSimpleName()).isEqualTo(kind);
            assertThat(answered.failure().retryable()).isEqualTo(retryable);
            assertThat(answered.failure().message())
                    .isEqualTo(answered.stop().detail())
                    .startsWith(server.endpoint() + "/chat/completions answered " + status)
                    .contains(mend);
        }
    }

    @Test
    void the_wait_an_endpoint_asks_for_is_kept() throws Exception {
        assertThat(ask(reply(429, "Retry-After: 7\r\n", "{}")).failure().retryAfter())
                .contains(Duration.ofSeconds(7));
        assertThat(ask(reply(503, "Retry-After: 7\r\n", "{}")).failure().retryAfter())
                .contains(Duration.ofSeconds(7));
        assertThat(ask(reply(429, "", "{}")).failure().retryAfter()).isEmpty();
    }

    @Test
    void a_json_error_instead_of_a_stream_is_sorted_too() throws Exception {
        assertThat(ask(reply(200, "", "{\"error\":{\"message\":\"no worker\",\"code\":503}}"))
                        .failure())
                .isInstanceOf(ModelFailure.Overloaded.class);
    }

    @Test
    void a_page_instead_of_a_stream_is_garbage() throws Exception {
        Answered answered =
                ask(says("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>Log in</html>"));
        assertThat(answered.failure()).isInstanceOf(ModelFailure.Garbage.class);
        assertThat(answered.stop().detail()).contains("text/html").contains("Log in");
    }

    @Test
    void an_error_in_the_middle_keeps_what_came() throws Exception {
        Answered answered =
                ask(events(content("a"), "{\"error\":{\"message\":\"CUDA error\",\"code\":500}}", content("b")));
        assertThat(answered.content()).isEqualTo("a");
        assertThat(answered.failure()).isInstanceOf(ModelFailure.ServerFault.class);
        assertThat(answered.stop().detail()).contains("CUDA error");
        assertThat(ask(says(STREAM + sse(content("a")) + "event: error\ndata: engine died\n\n"))
                        .failure())
                .isInstanceOf(ModelFailure.ServerFault.class);
    }

    @Test
    void a_stream_that_ends_without_a_reason_was_cut() throws Exception {
        for (Script script : List.of(
                events(content("a")),
                events(content("a"), DONE),
                says(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nda"))) {
            Answered answered = ask(script);
            assertThat(answered.stop().reason()).isEqualTo(StopReason.ERROR);
            assertThat(answered.failure()).isInstanceOf(ModelFailure.CutStream.class);
        }
    }

    @Test
    void a_stream_that_gave_its_reason_needs_no_last_word() throws Exception {
        assertThat(ask(events(content("a"), STOP)).stop()).isEqualTo(new ChatEvent.Stop(StopReason.STOP, ""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            data: {"choices":[{"delta":{"content":"b"}}
            data: true
            <html>gone</html>
            nonsense: yes
            """)
    void garbage_in_the_middle_is_an_error(String line) throws Exception {
        Answered answered = ask(says(STREAM + sse(content("a")) + line + "\n\n" + sse(STOP)));
        assertThat(answered.content()).isEqualTo("a");
        assertThat(answered.failure()).isInstanceOf(ModelFailure.Garbage.class);
    }

    @ParameterizedTest
    @CsvSource({
        "content_filter, ContentFiltered",
        "insufficient_system_resource, Overloaded",
        "abort, ServerFault",
    })
    void an_answer_given_up_by_the_endpoint_is_a_failure(String reason, String kind) throws Exception {
        Answered answered = ask(events(content("a"), STOP.replace("\"stop\"", '"' + reason + '"'), DONE));
        assertThat(answered.stop().reason()).isEqualTo(StopReason.ERROR);
        assertThat(answered.failure().getClass().getSimpleName()).isEqualTo(kind);
    }

    @Test
    void silence_in_the_middle_is_a_stall() throws Exception {
        Answered answered = ask(new Asking().limits("{between-tokens-seconds: 0.2}"), eventsThenSilence(thought("a")));
        assertThat(answered.stop().reason()).isEqualTo(StopReason.STALL);
        assertThat(answered.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.TimedOut.class,
                        timedOut -> assertThat(timedOut.limit()).isEqualTo(ModelFailure.TimedOut.Limit.BETWEEN_TOKENS));
        assertThat(answered.stop().detail()).contains("200 ms").contains("between-tokens-seconds");
    }

    @Test
    void comments_do_not_break_a_silence() throws Exception {
        Answered answered = ask(new Asking().limits("{first-token-seconds: 0.3}"), out -> {
            out.write(STREAM.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 100; i++) {
                out.write(": keep-alive\n\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(50);
            }
        });
        assertThat(answered.stop().reason()).isEqualTo(StopReason.STALL);
        assertThat(answered.failure())
                .isInstanceOfSatisfying(
                        ModelFailure.TimedOut.class,
                        timedOut -> assertThat(timedOut.limit()).isEqualTo(ModelFailure.TimedOut.Limit.FIRST_TOKEN));
    }

    @Test
    void a_server_that_never_begins_is_a_stall_before_the_first_token() throws Exception {
        assertThat(ask(new Asking().limits("{first-token-seconds: 0.2}"), out -> Thread.sleep(20_000))
                        .failure()
                        .message())
                .contains("sent no token within 200 ms");
    }

    @Test
    void a_whole_reply_has_a_limit_only_if_asked_for() throws Exception {
        Script slow = out -> {
            out.write(STREAM.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 12; i++) {
                out.write(sse(content("a" + i)).getBytes(StandardCharsets.UTF_8));
                out.flush();
                Thread.sleep(50);
            }
            out.write(sse(STOP, DONE).getBytes(StandardCharsets.UTF_8));
        };
        assertThat(ask(new Asking().limits("{between-tokens-seconds: 0.4}"), slow)
                        .stop()
                        .reason())
                .isEqualTo(StopReason.STOP);
        assertThat(ask(new Asking().limits("{reply-seconds: 0.3}"), slow).failure())
                .isInstanceOfSatisfying(
                        ModelFailure.TimedOut.class,
                        timedOut -> assertThat(timedOut.limit()).isEqualTo(ModelFailure.TimedOut.Limit.REPLY));
    }

    @Test
    void a_loop_is_stopped_while_it_goes_on() throws Exception {
        try (ScriptedServer server = new ScriptedServer(out -> {
            out.write(STREAM.getBytes(StandardCharsets.UTF_8));
            byte[] again = sse(thought(" Wait, let me check this again.")).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 1_000_000; i++) {
                out.write(again);
            }
        })) {
            Answered answered = new Asking()
                    .maxTokens(10_000_000)
                    .limits("{loop-characters: 1024}")
                    .at(server.endpoint());
            assertThat(answered.stop().reason()).isEqualTo(StopReason.LOOP);
            assertThat(answered.stop().detail()).contains("a period of 31, in the thought");
            assertThat(answered.thought().length()).isLessThan(20_000);
        }
    }

    @Test
    void a_thought_past_its_budget_is_stopped_and_hung_up_on() throws Exception {
        Answered answered = ask(
                new Asking().budget(2),
                eventsThenSilence(thought("a"), thought("b"), thought("c"), thought("d"), content("e")));
        assertThat(answered.thought()).isEqualTo("ab");
        assertThat(answered.stop().reason()).isEqualTo(StopReason.BUDGET);
        assertThat(answered.stop().failure()).isEmpty();
    }

    @Test
    void a_thought_within_its_budget_is_let_be() throws Exception {
        Answered answered =
                ask(new Asking().budget(2), events(thought("a"), thought("b"), content("c"), content("d"), STOP, DONE));
        assertThat(answered.content()).isEqualTo("cd");
        assertThat(answered.stop().reason()).isEqualTo(StopReason.STOP);
    }

    @Test
    void an_endpoint_that_ignores_the_output_limit_is_stopped_at_it() throws Exception {
        Answered answered =
                ask(new Asking().maxTokens(2), events(content("a"), content("b"), content("c"), content("d"), STOP));
        assertThat(answered.content()).isEqualTo("ab");
        assertThat(answered.stop().reason()).isEqualTo(StopReason.LENGTH);
    }

    @Test
    void nothing_listening_and_unknown_hosts_are_named() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ModelFailure refused =
                new Asking().at(URI.create("http://127.0.0.1:" + port + "/v1")).failure();
        assertThat(refused).isInstanceOf(ModelFailure.Unreachable.class);
        assertThat(refused.message()).contains("127.0.0.1:" + port).contains("check that the server runs");
        ModelFailure unknown =
                new Asking().at(URI.create("http://no-such-host.invalid/v1")).failure();
        assertThat(unknown).isInstanceOf(ModelFailure.Unreachable.class);
        assertThat(unknown.message()).contains("no host no-such-host.invalid is known");
    }

    @Test
    void a_server_that_takes_no_connection_is_a_timeout_and_no_stall() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            Answered answered = new Asking()
                    .limits("{connect-seconds: 0.3}")
                    .at(URI.create("http://127.0.0.1:" + full.getLocalPort() + "/v1"));
            assertThat(answered.stop().reason()).isEqualTo(StopReason.ERROR);
            assertThat(answered.failure())
                    .isInstanceOfSatisfying(
                            ModelFailure.TimedOut.class,
                            timedOut -> assertThat(timedOut.limit()).isEqualTo(ModelFailure.TimedOut.Limit.CONNECT));
            assertThat(answered.stop().detail()).contains("took no connection within 300 ms");
        }
    }

    @Test
    void a_server_that_hangs_up_before_it_answers_can_be_asked_again() throws Exception {
        Answered answered = ask(says(""));
        assertThat(answered.failure()).isInstanceOf(ModelFailure.Unreachable.class);
        assertThat(answered.failure().retryable()).isTrue();
    }

    @Test
    void a_waiting_reader_can_be_interrupted() throws Exception {
        try (ScriptedServer server = new ScriptedServer(eventsThenSilence(content("a")));
                OpenAiChatModel model = new Asking().open(server.endpoint());
                ChatStream stream = model.open(new Asking().request())) {
            assertThat(stream.next()).isEqualTo(new ChatEvent.ContentDelta("a", 1));
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            Thread reader = Thread.startVirtualThread(() -> {
                try {
                    stream.next();
                } catch (InterruptedException e) {
                    thrown.set(e);
                }
            });
            reader.interrupt();
            reader.join();
            assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void a_closed_stream_is_not_asked_again() throws Exception {
        try (ScriptedServer server = new ScriptedServer(eventsThenSilence(content("a")));
                OpenAiChatModel model = new Asking().open(server.endpoint())) {
            ChatStream stream = model.open(new Asking().request());
            stream.next();
            stream.close();
            stream.close();
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(stream::next);
        }
    }

    @Test
    void the_only_served_model_need_not_be_named() throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                reply(200, "", "{\"data\":[{\"id\":\"only\"}]}"), events(content("2"), STOP, DONE))) {
            Asking asking = new Asking();
            try (OpenAiChatModel model = openUnnamed(server.endpoint());
                    ChatStream stream = model.open(asking.request())) {
                stream.next();
                assertThat(model.revision()).isEqualTo("only at " + server.endpoint());
            }
            assertThat(server.received().get(1).body()).contains("\"model\":\"only\"");
        }
    }

    @Test
    void several_served_models_are_listed() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(reply(200, "", "{\"data\":[{\"id\":\"a/b\"},{\"id\":\"c\"}]}"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> openUnnamed(server.endpoint()))
                    .withMessageContaining("lists a/b, c; name the one to ask");
        }
        try (ScriptedServer server = new ScriptedServer(reply(401, "", "{\"error\":\"who are you\"}"))) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> openUnnamed(server.endpoint()))
                    .withMessageContaining("answered 401: who are you");
        }
    }

    @Test
    void going_on_from_a_prefix_needs_raw_prompts() throws Exception {
        try (OpenAiChatModel model = new Asking().open(URI.create("http://127.0.0.1:9/v1"))) {
            assertThat(model.continuesAnswers()).isFalse();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.open(new Asking()
                            .from(new AnswerPrefix("a", false, "", 1))
                            .request()))
                    .withMessageContaining("use api: completions");
        }
    }

    private static OpenAiChatModel openUnnamed(URI endpoint) throws IOException {
        return OpenAiChatModel.open(Models.profile("vllm@" + endpoint), Map.of());
    }

    private static Answered ask(Script script) throws Exception {
        return ask(new Asking(), script);
    }

    private static Answered ask(Asking asking, Script script) throws Exception {
        try (ScriptedServer server = new ScriptedServer(script)) {
            return asking.at(server.endpoint());
        }
    }

    private static String thought(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":" + JSON.writeValueAsString(text) + "}}]}";
    }

    private static String content(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":" + JSON.writeValueAsString(text) + "}}]}";
    }

    private static String usage(String members) {
        return "{\"choices\":[],\"usage\":{" + members + "}}";
    }
}
