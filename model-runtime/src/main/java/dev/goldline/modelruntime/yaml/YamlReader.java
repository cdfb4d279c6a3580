package dev.goldline.modelruntime.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads one YAML document, keeping lines for error messages. No aliases, no repeated keys, no missing values. */
final class YamlReader {
    private static final int MAX_DEPTH = 8;
    private static final YAMLMapper YAML = YAMLMapper.builder().build();

    private final Path file;
    private final YAMLParser parser;

    private YamlReader(Path file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static YamlNode.Mapping read(String text, Path file) {
        try (YAMLParser parser = (YAMLParser) YAML.createParser(text)) {
            return new YamlReader(file, parser).document();
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw bad(file, line, "not valid YAML: " + e.getOriginalMessage(), e);
        }
    }

    static IllegalArgumentException bad(Path file, int line, String what, @Nullable Throwable cause) {
        return new IllegalArgumentException(file + ":" + line + ": " + what, cause);
    }

    private YamlNode.Mapping document() {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw bad(file, 1, "expected keys and values, such as 'name: mine'", null);
        }
        YamlNode.Mapping mapping = mapping(1);
        if (parser.nextToken() != null) {
            throw bad(file, line(), "a second document; there must be one only", null);
        }
        return mapping;
    }

    private YamlNode.Mapping mapping(int depth) {
        int start = line();
        if (depth > MAX_DEPTH) {
            throw bad(file, start, "nested deeper than " + MAX_DEPTH, null);
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            int line = line();
            parser.nextToken();
            YamlNode.Entry earlier = entries.put(key, new YamlNode.Entry(line, value(depth)));
            if (earlier != null) {
                throw bad(file, line, "key '" + key + "' was given on line " + earlier.line() + " already", null);
            }
        }
        return new YamlNode.Mapping(entries, start);
    }

    private YamlNode value(int depth) {
        int line = line();
        if (parser.isCurrentAlias()) {
            throw bad(file, line, "aliases are not supported; write the value again", null);
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(depth + 1);
            case START_ARRAY -> sequence(depth + 1);
            case VALUE_NULL -> throw bad(file, line, "a value is missing", null);
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
                new YamlNode.Scalar(parser.getString(), line);
            case PROPERTY_NAME, END_OBJECT, END_ARRAY, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw bad(file, line, "unexpected " + parser.currentToken(), null);
        };
    }

    private YamlNode.Sequence sequence(int depth) {
        int start = line();
        if (depth > MAX_DEPTH) {
            throw bad(file, start, "nested deeper than " + MAX_DEPTH, null);
        }
        List<YamlNode> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(depth));
        }
        return new YamlNode.Sequence(items, start);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }
}
