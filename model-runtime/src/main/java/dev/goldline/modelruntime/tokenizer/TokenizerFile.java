package dev.goldline.modelruntime.tokenizer;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a {@code tokenizer.json} says, checked: ids, the bytes of every token, and the added tokens.
 *
 * @param bytes the bytes of each id; null where no token has that id
 * @param ids id by token, added tokens by their text, learned ones as the vocabulary spells them
 * @param added id by text, of all added tokens
 * @param kept id by text, of the added tokens that are plain text kept whole
 * @param plainJson the same tokenizer without any added token, truncation, padding or template
 */
record TokenizerFile(
        byte[] @Nullable [] bytes,
        Map<String, Integer> ids,
        Map<String, Integer> added,
        Map<String, Integer> kept,
        String plainJson) {

    /** Ids are array indices here: a hostile file must not ask for a huge array. Published vocabularies end below 300 000. */
    private static final int MAX_ID = 1 << 22;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static TokenizerFile parse(String json, Path file) {
        return new Reader(file).read(json);
    }

    private static final class Reader {
        private final Path file;
        private final Map<String, Integer> ids = new HashMap<>();
        private final Map<Integer, String> tokens = new TreeMap<>();
        private final Map<String, Integer> added = new HashMap<>();
        private final Map<String, Integer> kept = new HashMap<>();

        Reader(Path file) {
            this.file = file;
        }

        TokenizerFile read(String json) {
            ObjectNode root = parse(json);
            JsonNode model = root.path("model");
            requireKind("model.type", model.path("type").asString("BPE"), "BPE");
            requireKind("decoder.type", root.path("decoder").path("type").asString(""), "ByteLevel");
            if (!isByteLevel(root.path("pre_tokenizer"))) {
                throw bad("pre_tokenizer", "is not byte-level");
            }
            readVocabulary(model.path("vocab"));
            readAdded(root.path("added_tokens"));
            byte[] @Nullable [] bytes = byteTable();
            return new TokenizerFile(bytes, Map.copyOf(ids), Map.copyOf(added), Map.copyOf(kept), plain(root));
        }

        private ObjectNode parse(String json) {
            JsonNode root;
            try {
                root = JSON.readTree(json);
            } catch (JacksonException e) {
                throw new IllegalArgumentException(file + ": not a JSON document: " + e.getOriginalMessage(), e);
            }
            if (root instanceof ObjectNode object) {
                return object;
            }
            throw new IllegalArgumentException(file + ": not a JSON object");
        }

        private void requireKind(String key, String found, String wanted) {
            if (!found.equals(wanted)) {
                throw bad(key, "is '" + found + "'; only byte-level BPE tokenizers ('" + wanted + "') are supported");
            }
        }

        private static boolean isByteLevel(JsonNode preTokenizer) {
            if (preTokenizer.path("type").asString("").equals("ByteLevel")) {
                return true;
            }
            for (JsonNode part : preTokenizer.path("pretokenizers")) {
                if (part.path("type").asString("").equals("ByteLevel")) {
                    return true;
                }
            }
            return false;
        }

        private void readVocabulary(JsonNode vocabulary) {
            if (!vocabulary.isObject()) {
                throw bad("model.vocab", "is missing or not an object");
            }
            vocabulary.properties().forEach(entry -> put("model.vocab", entry.getKey(), entry.getValue()));
            for (int b = 0; b < 256; b++) {
                if (!ids.containsKey(String.valueOf(ByteLevel.character(b)))) {
                    throw bad("model.vocab", "has no token for byte " + b + ", so some text could not be encoded");
                }
            }
        }

        private void readAdded(JsonNode list) {
            int index = 0;
            for (JsonNode token : list) {
                String key = "added_tokens[" + index++ + "]";
                String text = token.path("content").asString("");
                if (text.isEmpty()) {
                    throw bad(key, "has no content");
                }
                for (String flag : new String[] {"lstrip", "rstrip", "single_word"}) {
                    if (token.path(flag).asBoolean(false)) {
                        throw bad(key, "sets " + flag + ", which is not supported; set it to false");
                    }
                }
                int id = put(key, text, token.path("id"));
                added.put(text, id);
                if (!isControl(text, token.path("special").asBoolean(false))) {
                    kept.put(text, id);
                }
            }
        }

        /**
         * Published files of the family mark {@code <think>} and the turn marks as not special, so that they are shown;
         * their angle brackets tell them from text that is merely kept whole.
         */
        private static boolean isControl(String text, boolean special) {
            return special || text.startsWith("<") && text.endsWith(">");
        }

        private int put(String key, String token, JsonNode value) {
            if (!value.isInt() || value.asInt() < 0 || value.asInt() > MAX_ID) {
                throw bad(
                        key,
                        "gives token '" + token + "' the id " + value + "; ids are whole numbers from 0 to " + MAX_ID);
            }
            int id = value.asInt();
            Integer earlierId = ids.put(token, id);
            if (earlierId != null && earlierId != id) {
                throw bad(key, "gives token '" + token + "' the id " + id + ", but it already has " + earlierId);
            }
            String earlierToken = tokens.put(id, token);
            if (earlierToken != null && !earlierToken.equals(token)) {
                throw bad(key, "gives the id " + id + " to both '" + earlierToken + "' and '" + token + "'");
            }
            return id;
        }

        private byte[] @Nullable [] byteTable() {
            int size = tokens.keySet().stream().mapToInt(id -> id + 1).max().orElse(0);
            byte[] @Nullable [] bytes = new byte[size][];
            tokens.forEach((id, token) -> bytes[id] =
                    added.containsKey(token) ? token.getBytes(StandardCharsets.UTF_8) : ByteLevel.bytes(token));
            return bytes;
        }

        private String plain(ObjectNode root) {
            ObjectNode plain = root.deepCopy();
            plain.putArray("added_tokens");
            plain.putNull("post_processor").putNull("truncation").putNull("padding");
            if (plain.path("model").path("ignore_merges").asBoolean(false)
                    && plain.path("model").path("vocab") instanceof ObjectNode vocabulary) {
                // Whole words are looked up before merging there, and an added token must not be found that way.
                vocabulary.remove(added.keySet());
            }
            return JSON.writeValueAsString(plain);
        }

        private IllegalArgumentException bad(String key, String what) {
            return new IllegalArgumentException(file + ": " + key + " " + what);
        }
    }
}
