package dev.goldline.ci.nullserver;

import java.util.Locale;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request for an answer.
 *
 * @param isChat whether it is a conversation; otherwise a raw prompt
 * @param prompt the last user turn, or the whole raw prompt
 * @param seed as sent; 0 if none
 * @param thinks whether a thought is wanted
 */
record Request(
        boolean isChat,
        String prompt,
        int maxTokens,
        long seed,
        boolean wantsUsage,
        boolean thinks,
        String authorization) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ASSISTANT = "<｜Assistant｜>";
    private static final String THINK = "<think>";

    /** @throws IllegalArgumentException if it is none */
    static Request of(boolean isChat, byte[] body, Map<String, String> headers) {
        JsonNode json;
        try {
            json = JSON.readTree(body);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the request is not JSON", e);
        }
        if (!json.path("stream").asBoolean(false)) {
            throw new IllegalArgumentException("only streams are served: set stream");
        }
        String prompt = isChat
                ? lastUserTurn(json.path("messages"))
                : json.path("prompt").asString("");
        JsonNode template = json.path("chat_template_kwargs");
        return new Request(
                isChat,
                prompt,
                json.path("max_tokens").asInt(16),
                json.path("seed").asLong(0),
                json.path("stream_options").path("include_usage").asBoolean(false),
                isChat ? template.path("thinking").asBoolean(true) : prompt.contains(THINK),
                headers.getOrDefault("authorization", ""));
    }

    /** What the answer follows from: without the part of it that a raw prompt holds already. */
    String subject() {
        int begins = prompt.lastIndexOf(ASSISTANT);
        return isChat || begins < 0 ? prompt : prompt.substring(0, begins);
    }

    /** The part of the answer that a raw prompt holds already. */
    String begun() {
        int begins = prompt.lastIndexOf(ASSISTANT);
        String rest = isChat || begins < 0 ? "" : prompt.substring(begins + ASSISTANT.length());
        return rest.startsWith(THINK) ? rest.substring(THINK.length()) : rest;
    }

    private static String lastUserTurn(JsonNode messages) {
        String last = "";
        for (JsonNode message : messages) {
            if (message.path("role").asString("").toLowerCase(Locale.ROOT).equals("user")) {
                last = message.path("content").asString("");
            }
        }
        return last;
    }
}
