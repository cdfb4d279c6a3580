package dev.goldline.modelruntime.openai;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the JSON of stream events. The events of one stream differ in little but the text they bring, so the bytes around
 * the text of the last plain event are kept: an event with the same bytes around a string without escapes is the same
 * document with another text, and needs no parser. All others go through one.
 */
final class ChunkReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TOOL_CALLS = 4096;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .build();

    private final Chunk chunk = new Chunk();
    private byte[] before = new byte[0];
    private byte[] after = new byte[0];
    private boolean known;
    private boolean knownReasoning;

    /** Where the text of the event being parsed lies, if it is free of escapes: from its first byte to its end quote. */
    private int textStart;

    private int textEnd;
    private boolean textIsReasoning;

    /**
     * Reads one event.
     *
     * @return what it said, until the next is read
     * @throws JacksonException if it is not JSON, or not of the shape of a chunk
     */
    Chunk read(byte[] bytes, int start, int end) {
        chunk.clear();
        if (!known || !readLikeLast(bytes, start, end)) {
            parse(bytes, start, end);
        }
        return chunk;
    }

    private boolean readLikeLast(byte[] bytes, int start, int end) {
        int textFrom = start + before.length;
        int textTo = end - after.length;
        if (textFrom > textTo
                || !Arrays.equals(bytes, start, textFrom, before, 0, before.length)
                || !Arrays.equals(bytes, textTo, end, after, 0, after.length)) {
            return false;
        }
        boolean ascii = true;
        for (int i = textFrom; i < textTo; i++) {
            byte b = bytes[i];
            if (b < ' ') {
                if (b >= 0) {
                    return false;
                }
                ascii = false;
            } else if (b == '"' || b == '\\') {
                return false;
            }
        }
        String text = new String(
                bytes, textFrom, textTo - textFrom, ascii ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        if (!ascii && text.indexOf('\uFFFD') >= 0) {
            return false; // perhaps no UTF-8: the parser knows
        }
        if (knownReasoning) {
            chunk.reasoning = text;
        } else {
            chunk.content = text;
        }
        return true;
    }

    private void parse(byte[] bytes, int start, int end) {
        textStart = -1;
        try (JsonParser parser = JSON.createParser(bytes, start, end - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notAChunk(parser);
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "choices" -> choices(parser, bytes, start);
                    case "usage" -> usage(parser.readValueAsTree());
                    case "error" -> {
                        if (parser.currentToken() != JsonToken.VALUE_NULL) {
                            JsonNode error = parser.readValueAsTree();
                            chunk.error = ErrorBody.of(JSON.createObjectNode().set("error", error));
                        }
                    }
                    case "object" -> {
                        if ("error".equals(parser.getValueAsString())) {
                            chunk.error = ErrorBody.of(JSON.readTree(bytes, start, end - start));
                        }
                        parser.skipChildren();
                    }
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw notAChunk(parser);
            }
        }
        remember(bytes, start, end);
    }

    private void remember(byte[] bytes, int start, int end) {
        if (textStart < 0 || !chunk.isText() || textIsReasoning == chunk.reasoning.isEmpty()) {
            return;
        }
        known = true;
        knownReasoning = textIsReasoning;
        before = Arrays.copyOfRange(bytes, start, textStart);
        after = Arrays.copyOfRange(bytes, textEnd, end);
    }

    private void choices(JsonParser parser, byte[] bytes, int base) {
        expect(parser, JsonToken.START_ARRAY);
        for (int count = 0; parser.nextToken() != JsonToken.END_ARRAY; count++) {
            expect(parser, JsonToken.START_OBJECT);
            if (count > 0) {
                throw new UnexpectedShape("more than one choice, but one was asked for");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "delta" -> delta(parser, bytes, base);
                    case "text" -> chunk.content = text(parser, bytes, base, false);
                    case "finish_reason" -> chunk.finishReason = word(parser);
                    default -> parser.skipChildren();
                }
            }
        }
    }

    private void delta(JsonParser parser, byte[] bytes, int base) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(parser, JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "content" -> chunk.content = text(parser, bytes, base, false);
                case "reasoning_content", "reasoning" -> {
                    // Some servers send both names with the same text.
                    String text = text(parser, bytes, base, true);
                    if (chunk.reasoning.isEmpty()) {
                        chunk.reasoning = text;
                    } else {
                        textStart = -1;
                    }
                }
                case "tool_calls" -> toolCalls(parser.readValueAsTree());
                default -> parser.skipChildren();
            }
        }
    }

    /** A text or nothing. Notes where it lies if it is the only one and written without escapes. */
    private String text(JsonParser parser, byte[] bytes, int base, boolean reasoning) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return "";
        }
        expect(parser, JsonToken.VALUE_STRING);
        long quote = parser.currentTokenLocation().getByteOffset();
        String text = parser.getString();
        long end = parser.currentLocation().getByteOffset();
        if (text.isEmpty()) {
            return text;
        }
        int from = base + (int) quote + 1;
        int to = base + (int) end - 1;
        boolean plain = from > base
                && to >= from
                && to < bytes.length
                && bytes[from - 1] == '"'
                && bytes[to] == '"'
                && text.equals(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        textStart = plain ? from : -1;
        textEnd = to;
        textIsReasoning = reasoning;
        return text;
    }

    private void toolCalls(JsonNode calls) {
        if (calls.isNull()) {
            return;
        }
        if (!calls.isArray()) {
            throw new UnexpectedShape("tool_calls is no list");
        }
        int position = 0;
        for (JsonNode call : calls) {
            int index = call.path("index").asInt(position++);
            if (index < 0 || index >= MAX_TOOL_CALLS) {
                throw new UnexpectedShape("a tool call has the index " + index);
            }
            JsonNode function = call.path("function");
            JsonNode arguments = function.path("arguments");
            chunk.toolParts.add(new Chunk.ToolPart(
                    index,
                    call.path("id").asString(""),
                    function.path("name").asString(""),
                    arguments.isContainer() ? arguments.toString() : arguments.asString("")));
        }
    }

    private void usage(JsonNode usage) {
        if (!usage.isObject()) {
            return;
        }
        try {
            chunk.usage = UsageFields.read(usage);
        } catch (IllegalArgumentException e) {
            chunk.badUsage = String.valueOf(e.getMessage());
        }
    }

    private static String word(JsonParser parser) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            // SGLang once sent {"type": "stop", …}.
            JsonNode node = parser.readValueAsTree();
            return node.path("type").asString("");
        }
        return parser.currentToken() == JsonToken.VALUE_NULL ? "" : String.valueOf(parser.getValueAsString());
    }

    private static void expect(JsonParser parser, JsonToken token) {
        if (parser.currentToken() != token) {
            throw notAChunk(parser);
        }
    }

    private static UnexpectedShape notAChunk(JsonParser parser) {
        return new UnexpectedShape("an event is no chunk of an answer: unexpected " + parser.currentToken()
                + " at byte " + parser.currentTokenLocation().getByteOffset());
    }

    /** JSON, but not what a chunk is. */
    static final class UnexpectedShape extends JacksonException {
        private static final long serialVersionUID = 1;

        UnexpectedShape(String message) {
            super(message);
        }
    }
}
