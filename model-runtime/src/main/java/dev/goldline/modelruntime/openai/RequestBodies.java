package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.Message;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.Sampling;
import dev.goldline.modelruntime.profile.EndpointSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes requests as the protocol has them; members a profile adds for a mode replace ours of the same name. */
final class RequestBodies {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String model;
    private final boolean usageOnRequest;
    private final Map<Mode, ObjectNode> extra = new EnumMap<>(Mode.class);

    RequestBodies(String model, EndpointSource source) {
        this.model = model;
        this.usageOnRequest = source.usageOnRequest();
        source.extraBody().forEach((mode, text) -> extra.put(mode, (ObjectNode) JSON.readTree(text)));
    }

    /** A conversation that the endpoint lays out. */
    byte[] chat(ChatRequest request) {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        ArrayNode messages = body.putArray("messages");
        for (Message message : request.messages()) {
            messages.addObject()
                    .put("role", message.role().name().toLowerCase(Locale.ROOT))
                    .put("content", message.content());
        }
        return finished(body, request, request.maxOutputTokens());
    }

    /** A prompt that is laid out already. */
    byte[] completion(ChatRequest request, String prompt, int maxTokens) {
        return finished(JSON.createObjectNode().put("model", model).put("prompt", prompt), request, maxTokens);
    }

    private byte[] finished(ObjectNode body, ChatRequest request, int maxTokens) {
        Sampling sampling = request.sampling();
        body.put("stream", true)
                .put("max_tokens", maxTokens)
                .put("temperature", sampling.temperature())
                .put("top_p", sampling.topP())
                .put("seed", portableSeed(sampling.seed()));
        if (sampling.topK() > 0) {
            body.put("top_k", sampling.topK());
        }
        if (usageOnRequest) {
            body.putObject("stream_options").put("include_usage", true);
        }
        ObjectNode more = extra.get(request.mode());
        if (more != null) {
            for (Map.Entry<String, JsonNode> member : more.properties()) {
                body.set(member.getKey(), member.getValue());
            }
        }
        return JSON.writeValueAsBytes(body);
    }

    /** Servers differ in how large a seed may be; all take 31 bits. */
    private static int portableSeed(long seed) {
        return (int) (seed ^ (seed >>> 32)) & Integer.MAX_VALUE;
    }
}
