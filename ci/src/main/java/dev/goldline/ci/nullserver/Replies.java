package dev.goldline.ci.nullserver;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is said to each request: a whole reply, or the head of a stream. */
final class Replies {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String STREAM_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
            + "Cache-Control: no-cache\r\nTransfer-Encoding: chunked\r\n\r\n";

    /** @param stream what follows; null if the reply is whole */
    record Served(String bytes, @Nullable Streamed stream) {}

    /** A stream to begin. */
    record Streamed(Request request, Reply reply) {}

    private final Script script;
    private final Counts counts;

    Replies(Script script, Counts counts) {
        this.script = script;
        this.counts = counts;
    }

    Served serve(Connection.Received received) {
        String target = received.target();
        if (received.method().equals("GET")) {
            return switch (target) {
                case "/v1/models" ->
                    whole(200, "", "{\"object\":\"list\",\"data\":[{\"id\":\"null\",\"object\":\"model\"}]}");
                case "/counts" -> whole(200, "", counts.json(false));
                case "/counts?each" -> whole(200, "", counts.json(true));
                default -> error(404, "", "nothing is at " + target);
            };
        }
        boolean chat = target.equals("/v1/chat/completions");
        if (!chat && !target.equals("/v1/completions")) {
            return error(404, "", "nothing is at " + target);
        }
        Request request;
        try {
            request = Request.of(chat, received.body(), received.headers());
        } catch (IllegalArgumentException e) {
            return error(400, "", String.valueOf(e.getMessage()));
        }
        int time = counts.ask(request.prompt(), request.seed());
        Reply reply = script.reply(new Asked(request.prompt(), request.seed(), time));
        return refusal(request, reply);
    }

    private static Served refusal(Request request, Reply reply) {
        return switch (reply.fault()) {
            case RATE_LIMIT -> error(429, "", "too many requests");
            case RATE_LIMIT_WAIT -> error(429, "Retry-After: 1\r\n", "too many requests");
            case OVERLOADED -> error(503, "", "no worker is free");
            case SERVER_ERROR -> error(500, "", "internal error");
            case UNAUTHORIZED -> error(401, "", "the key of '" + request.authorization() + "' is not valid");
            case UNKNOWN_MODEL -> error(404, "", "the model does not exist");
            case CONTEXT_TOO_LONG ->
                error(400, "", "this model's maximum context length is 10 tokens; you asked for more");
            case HTML -> whole(200, "", "<html><body>Log in to the network</body></html>");
            case JSON_ERROR -> whole(200, "", "{\"error\":{\"message\":\"the engine is not ready\",\"code\":503}}");
            case NONE,
                    STALL,
                    CUT,
                    GARBAGE,
                    ERROR_IN_STREAM,
                    SLOW_FIRST_TOKEN,
                    DUPLICATES,
                    WRONG_USAGE,
                    NO_USAGE,
                    LOOP,
                    LENGTH -> new Served(STREAM_HEAD, new Streamed(request, reply));
        };
    }

    private static Served error(int status, String headers, String message) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error")
                .put("message", message)
                .put("type", "null_server")
                .put("code", status);
        return whole(status, headers, body.toString());
    }

    private static Served whole(int status, String headers, String body) {
        String type = body.startsWith("<") ? "text/html" : "application/json";
        return new Served(
                "HTTP/1.1 " + status + " .\r\nContent-Type: " + type + "\r\n" + headers + "Content-Length: "
                        + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body,
                null);
    }
}
