package dev.goldline.modelruntime.openai;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an endpoint said went wrong, in any of the shapes in use: {@code {"error": {"message", "type", "code"}}}, {@code
 * {"error": "…"}}, {@code {"object": "error", "message"}}, {@code {"detail": …}}, or plain text.
 *
 * @param message for a person; as sent
 * @param type a word such as {@code invalid_request_error}; may be empty
 * @param code a word or number such as {@code context_length_exceeded}; may be empty
 */
record ErrorBody(String message, String type, String code) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Reads the body of a reply. */
    static ErrorBody of(String body) {
        String text = body.strip();
        if (text.startsWith("{")) {
            try {
                return of(JSON.readTree(text));
            } catch (JacksonException notJson) {
                // Shown as it is, below.
            }
        }
        return new ErrorBody(text, "", "");
    }

    static ErrorBody of(JsonNode body) {
        JsonNode error = body.has("error") ? body.get("error") : body;
        if (error.isString()) {
            return new ErrorBody(error.stringValue(), word(body, "type"), word(body, "code"));
        }
        String message = word(error, "message");
        if (message.isEmpty()) {
            JsonNode detail = error.has("detail") ? error.get("detail") : error;
            message = detail.isString() ? detail.stringValue() : detail.toString();
        }
        return new ErrorBody(message, word(error, "type"), word(error, "code"));
    }

    private static String word(JsonNode node, String key) {
        JsonNode value = node.get(key);
        return value == null || value.isNull() || value.isContainer() ? "" : value.asString();
    }
}
