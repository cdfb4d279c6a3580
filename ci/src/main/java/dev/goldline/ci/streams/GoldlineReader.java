package dev.goldline.ci.streams;

import dev.goldline.ci.nullserver.Prose;
import dev.goldline.modelruntime.Models;
import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.Message;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.Sampling;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.openai.OpenAiChatModel;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The client that runs use, with every token compared with what it should be. */
final class GoldlineReader implements StreamReader {
    private final ChatModel model;

    GoldlineReader(URI endpoint) throws IOException {
        this.model = OpenAiChatModel.open(Models.profile("vllm@" + endpoint + "#null"), Map.of());
    }

    @Override
    public int read(String prompt, int tokens) throws InterruptedException {
        ChatRequest request = new ChatRequest(
                List.of(Message.user(prompt)), Mode.STANDARD, Sampling.published(1), tokens, OptionalInt.empty());
        long key = Prose.key(prompt);
        StringBuilder content = new StringBuilder();
        int thought = 0;
        boolean counted = false;
        try (ChatStream stream = model.open(request)) {
            while (true) {
                switch (stream.next()) {
                    case ChatEvent.ReasoningDelta delta -> {
                        if (delta.offset() != thought + 1 || !delta.text().equals(Prose.word(key, thought))) {
                            return thought;
                        }
                        thought++;
                    }
                    case ChatEvent.ContentDelta delta -> content.append(delta.text());
                    case ChatEvent.UsageReport report ->
                        counted = report.usage().output() == tokens
                                && report.usage().reasoning().orElse(-1) == thought;
                    case ChatEvent.ThoughtClosed closed -> {
                        // Where the thought ends shows in its count.
                    }
                    case ChatEvent.ToolCallDelta call -> {
                        return thought;
                    }
                    case ChatEvent.Stop stop -> {
                        boolean right = counted
                                && stop.reason() == StopReason.STOP
                                && stop.detail().isEmpty()
                                && content.toString().equals("The answer is \\boxed{" + Prose.answerTo(prompt) + "}.");
                        if (!right) {
                            System.err.println(
                                    prompt + ": " + stop + " after " + thought + " tokens of thought, " + content);
                        }
                        return right ? thought + Prose.ANSWER_TOKENS : thought;
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
