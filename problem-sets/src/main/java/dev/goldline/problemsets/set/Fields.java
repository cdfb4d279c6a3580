package dev.goldline.problemsets.set;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * The keys and values of one mapping, each with its line. Keys are taken one by one; what is left in the end is unknown.
 */
final class Fields {
    private static final int DEPTH = 8;
    private static final int NAME = 256;
    private static final int SHOWN = 60;
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(DEPTH)
            .maxNameLength(NAME)
            .build();
    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(LIMITS).build();
    private static final YAMLFactory YAML =
            YAMLFactory.builder().streamReadConstraints(LIMITS).build();

    /** A value: text, a number as written, a mapping, or a kind that no key takes. */
    private sealed interface Value {
        record Text(String text) implements Value {}

        record Number(String literal) implements Value {}

        record Mapping(Fields fields) implements Value {}

        record Other(String shown) implements Value {}
    }

    private record Field(int line, Value value) {}

    private final String file;
    private final String path;
    private final int line;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    private Fields(String file, String path, int line) {
        this.file = file;
        this.path = path;
        this.line = line;
    }

    /** The object on one line of a file. */
    static Fields json(String file, int line, String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            return document(parser, file, line, "a JSON object, {\"id\": ...}");
        } catch (JacksonException e) {
            throw new ProblemSetException(file, line, "not JSON: " + reason(e));
        }
    }

    /** The one document of a file. */
    static Fields yaml(String file, String text) {
        try (JsonParser parser = YAML.createParser(text)) {
            return document(parser, file, 0, "keys and values, such as 'name: my-set'");
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            throw new ProblemSetException(file, line, "not YAML: " + reason(e));
        }
    }

    private static String reason(JacksonException e) {
        return Optional.ofNullable(e.getOriginalMessage())
                .orElse("unreadable")
                .lines()
                .findFirst()
                .orElse("unreadable");
    }

    private static Fields document(JsonParser parser, String file, int line, String expected) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new ProblemSetException(file, Math.max(1, line), "expected " + expected);
        }
        Fields fields = mapping(parser, file, "", line);
        if (parser.nextToken() != null) {
            throw new ProblemSetException(file, fields.lineOf(parser), "something follows the end of the mapping");
        }
        return fields;
    }

    private static Fields mapping(JsonParser parser, String file, String path, int fixedLine) {
        Fields fields = new Fields(file, path, fixedLine);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            int line = fields.lineOf(parser);
            parser.nextToken();
            if (fields.fields.containsKey(key)) {
                throw new ProblemSetException(file, line, "key \"" + path + key + "\" is given twice");
            }
            fields.fields.put(key, new Field(line, fields.value(parser, key, line)));
        }
        return fields;
    }

    private int lineOf(JsonParser parser) {
        return line > 0 ? line : Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private Value value(JsonParser parser, String key, int at) {
        if (parser instanceof YAMLParser yaml
                && (yaml.isCurrentAlias() || yaml.getObjectId() != null || yaml.getTypeId() != null)) {
            throw new ProblemSetException(
                    file, at, "key \"" + path + key + "\" uses a YAML anchor, alias or tag; write the value out");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_STRING) {
            return new Value.Text(wellFormed(parser.getString(), key, at));
        }
        if (token == JsonToken.START_OBJECT) {
            return new Value.Mapping(mapping(parser, file, path + key + ".", line));
        }
        if (token == JsonToken.START_ARRAY) {
            parser.skipChildren();
            return new Value.Other("a list");
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            return new Value.Number(parser.getString());
        }
        return new Value.Other(token == JsonToken.VALUE_NULL ? "empty" : parser.getString());
    }

    private String wellFormed(String text, String key, int at) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new ProblemSetException(
                        file, at, "key \"" + path + key + "\" holds half a surrogate pair; write the whole character");
            }
        }
        return text;
    }

    /** A text that must be there and not be blank. */
    String text(String key) {
        String text = optionalText(key).orElseThrow(() -> missing(key));
        if (text.isBlank()) {
            throw error(key, "is blank; give a text");
        }
        return text;
    }

    Optional<String> optionalText(String key) {
        Field field = take(key);
        if (field == null) {
            return Optional.empty();
        }
        return switch (field.value) {
            case Value.Text(String text) -> Optional.of(text);
            case Value.Number(String literal) -> throw error(key, "is the number " + literal + "; put it in quotes");
            case Value.Mapping mapping -> throw error(key, "is a mapping; give a text");
            case Value.Other(String shown) -> throw error(key, "is " + shown + "; give a text");
        };
    }

    /** A number above 0. */
    Optional<Double> optionalPositive(String key) {
        Field field = take(key);
        if (field == null) {
            return Optional.empty();
        }
        String shown = switch (field.value) {
            case Value.Number(String literal) -> literal;
            case Value.Text(String text) -> "the text \"" + shortened(text) + "\"";
            case Value.Mapping mapping -> "a mapping";
            case Value.Other(String other) -> other;
        };
        double number = Double.NaN;
        if (field.value instanceof Value.Number) {
            try {
                number = Double.parseDouble(shown);
            } catch (NumberFormatException e) {
                // YAML has notations of numbers, such as 0x10, that are refused with all else that is no number here.
                number = Double.NaN;
            }
        }
        if (!(number > 0) || Double.isInfinite(number)) {
            throw error(key, "is " + shortened(shown) + "; give a number above 0");
        }
        return Optional.of(number);
    }

    double positive(String key) {
        return optionalPositive(key).orElseThrow(() -> missing(key));
    }

    Optional<Fields> optionalMapping(String key) {
        Field field = take(key);
        if (field == null) {
            return Optional.empty();
        }
        if (field.value instanceof Value.Mapping(Fields fields)) {
            return Optional.of(fields);
        }
        throw error(key, "must be a mapping of names to values");
    }

    /** The keys in file order, for a mapping whose keys are free. */
    List<String> keys() {
        return new ArrayList<>(fields.keySet());
    }

    /** Ends the reading: a key that nobody took is an error. */
    void refuseOthers() {
        for (String key : fields.keySet()) {
            if (!known.contains(key)) {
                throw error(
                        key,
                        "is unknown; known keys: " + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
    }

    /** An error about the value of a key, or about its absence. */
    ProblemSetException error(String key, String message) {
        Field field = fields.get(key);
        int at = field == null ? Math.max(1, line) : field.line;
        return new ProblemSetException(file, at, "key \"" + path + shortened(key) + "\" " + message);
    }

    /** Runs a check of a key's value; its complaint becomes an error at that key. */
    void require(String key, Runnable check) {
        try {
            check.run();
        } catch (IllegalArgumentException e) {
            throw error(key, "is refused: " + e.getMessage());
        }
    }

    private ProblemSetException missing(String key) {
        return error(key, "is missing");
    }

    private @Nullable Field take(String key) {
        known.add(key);
        return fields.get(key);
    }

    static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
