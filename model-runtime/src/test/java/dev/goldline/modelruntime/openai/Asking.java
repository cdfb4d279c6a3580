package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.AnswerPrefix;
import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.Message;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.ModelFailure;
import dev.goldline.modelruntime.chat.Sampling;
import dev.goldline.modelruntime.chat.Usage;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.modelruntime.profile.ProfileReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Asks a model at an endpoint one question and keeps all that came. */
final class Asking {
    private String keys = "";
    private String limits = "{}";
    private String modes = "{non-thinking: {}, standard: {}, speciale: {}}";
    private Map<String, String> environment = Map.of();
    private Mode mode = Mode.STANDARD;
    private int maxTokens = 1000;
    private OptionalInt budget = OptionalInt.empty();
    private Optional<AnswerPrefix> prefix = Optional.empty();
    private String question = "How much is 1 + 1?";

    /** More lines of the profile. */
    Asking profile(String lines) {
        keys += lines + "\n";
        return this;
    }

    Asking limits(String yaml) {
        limits = yaml;
        return this;
    }

    Asking environment(Map<String, String> variables) {
        environment = variables;
        return this;
    }

    Asking mode(Mode asked) {
        mode = asked;
        return this;
    }

    Asking maxTokens(int tokens) {
        maxTokens = tokens;
        return this;
    }

    Asking budget(int tokens) {
        budget = OptionalInt.of(tokens);
        return this;
    }

    Asking from(AnswerPrefix begun) {
        prefix = Optional.of(begun);
        return this;
    }

    Asking question(String text) {
        question = text;
        return this;
    }

    Asking rawPrompts() {
        return profile("api: completions\ntemplate: deepseek-v3.2");
    }

    Answered at(URI endpoint) throws IOException, InterruptedException {
        try (OpenAiChatModel model = open(endpoint);
                ChatStream stream = model.open(request())) {
            List<ChatEvent> events = new ArrayList<>();
            while (events.isEmpty() || !(events.getLast() instanceof ChatEvent.Stop)) {
                events.add(stream.next());
            }
            return new Answered(events);
        }
    }

    OpenAiChatModel open(URI endpoint) throws IOException {
        ModelProfile profile = ProfileReader.parse(
                "name: served\nkind: openai\nendpoint: " + endpoint + "\n"
                        + (keys.contains("served-model") ? "" : "served-model: m\n") + keys + "limits: " + limits
                        + "\nmodes: " + modes + "\n",
                Path.of("served.yaml"));
        return OpenAiChatModel.open(profile, environment);
    }

    ChatRequest request() {
        return new ChatRequest(
                List.of(Message.user(question)), mode, new Sampling(0.7, 0.9, 0, 5), maxTokens, budget, prefix);
    }

    /** All that came. */
    record Answered(List<ChatEvent> events) {
        String thought() {
            StringBuilder text = new StringBuilder();
            events.forEach(event -> {
                if (event instanceof ChatEvent.ReasoningDelta delta) {
                    text.append(delta.text());
                }
            });
            return text.toString();
        }

        String content() {
            StringBuilder text = new StringBuilder();
            events.forEach(event -> {
                if (event instanceof ChatEvent.ContentDelta delta) {
                    text.append(delta.text());
                }
            });
            return text.toString();
        }

        Optional<Usage> usage() {
            return events.stream()
                    .flatMap(event -> event instanceof ChatEvent.UsageReport report
                            ? Optional.of(report.usage()).stream()
                            : Stream.empty())
                    .findFirst();
        }

        List<ChatEvent.ThoughtClosed> closings() {
            return events.stream()
                    .filter(ChatEvent.ThoughtClosed.class::isInstance)
                    .map(ChatEvent.ThoughtClosed.class::cast)
                    .toList();
        }

        ChatEvent.Stop stop() {
            return (ChatEvent.Stop) events.getLast();
        }

        ModelFailure failure() {
            return stop().failure().orElseThrow();
        }
    }
}
