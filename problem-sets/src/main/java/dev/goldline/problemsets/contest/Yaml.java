package dev.goldline.problemsets.contest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/** A value in a YAML file, which knows where it stands. Anchors, aliases and tags are refused; sizes are bounded. */
sealed interface Yaml {
    long MOST_BYTES = 1 << 20;
    YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build();

    Path file();

    int line();

    /** Text, a number or a truth value, as written; empty if nothing was. */
    record Scalar(Path file, int line, String text, boolean quoted) implements Yaml {}

    record Sequence(Path file, int line, List<Yaml> items) implements Yaml {}

    record Mapping(Path file, int line, String path, Map<String, Yaml> values) implements Yaml {
        Optional<Yaml> get(String key) {
            return Optional.ofNullable(values.get(key))
                    .filter(value -> !(value instanceof Scalar(Path f, int l, String text, boolean quoted)
                            && text.isEmpty()
                            && !quoted));
        }

        PackageException error(String key, String message) {
            Yaml value = values.get(key);
            return new PackageException(
                    file, value == null ? line : value.line(), "key \"" + path + key + "\" " + message);
        }

        void refuseOthers(Set<String> known) {
            for (String key : values.keySet()) {
                if (!known.contains(key)) {
                    throw error(
                            key,
                            "is unknown; known keys: "
                                    + String.join(", ", known.stream().sorted().toList()));
                }
            }
        }

        Optional<String> text(String key) {
            return get(key).map(value -> {
                if (value instanceof Scalar scalar) {
                    return scalar.text();
                }
                throw error(key, "must be a text");
            });
        }

        OptionalDouble number(String key, double least) {
            Optional<String> text = text(key);
            if (text.isEmpty()) {
                return OptionalDouble.empty();
            }
            double number = Double.NaN;
            if (text.get().matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
                number = Double.parseDouble(text.get());
            }
            if (!(number >= least) || Double.isInfinite(number)) {
                throw error(key, "is '" + text.get() + "'; give a number of at least " + least);
            }
            return OptionalDouble.of(number);
        }

        int whole(String key, int otherwise) {
            Optional<String> text = text(key);
            if (text.isEmpty()) {
                return otherwise;
            }
            if (!text.get().matches("[1-9]\\d{0,8}")) {
                throw error(key, "is '" + text.get() + "'; give a whole number above 0");
            }
            return Integer.parseInt(text.get());
        }

        boolean truth(String key, boolean otherwise) {
            return text(key)
                    .map(text -> switch (text) {
                        case "true", "yes", "True" -> true;
                        case "false", "no", "False" -> false;
                        default -> throw error(key, "is '" + text + "'; give true or false");
                    })
                    .orElse(otherwise);
        }

        /** A list of texts; one text stands for a list of one. */
        Optional<List<String>> texts(String key) {
            return get(key).map(value -> switch (value) {
                case Scalar scalar -> List.of(scalar.text());
                case Sequence sequence ->
                    sequence.items().stream()
                            .map(item -> {
                                if (item instanceof Scalar scalar) {
                                    return scalar.text();
                                }
                                throw error(key, "must be a list of texts");
                            })
                            .toList();
                case Mapping mapping -> throw error(key, "must be a list of texts, is a mapping");
            });
        }

        Optional<Mapping> mapping(String key) {
            return get(key).map(value -> {
                if (value instanceof Mapping mapping) {
                    return mapping;
                }
                throw error(key, "must be a mapping of keys to values");
            });
        }
    }

    /** The mapping a file holds; an empty one if the file is empty or absent. */
    static Mapping read(Path file) {
        if (!Files.exists(file)) {
            return new Mapping(file, 1, "", Map.of());
        }
        try (YAMLParser parser = (YAMLParser) FACTORY.createParser(text(file))) {
            JsonToken first = parser.nextToken();
            if (first == null || first == JsonToken.VALUE_NULL) {
                return new Mapping(file, 1, "", Map.of());
            }
            if (first != JsonToken.START_OBJECT) {
                throw new PackageException(file, 1, "expected keys and values, such as 'name: My problem'");
            }
            Mapping mapping = (Mapping) value(file, parser, "");
            if (parser.nextToken() != null) {
                throw new PackageException(file, line(parser), "something follows the end of the mapping");
            }
            return mapping;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            String reason =
                    String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("unreadable");
            throw new PackageException(file, line, "not YAML: " + reason);
        }
    }

    private static String text(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new PackageException(file, "is larger than 1 MiB");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PackageException(file, "is not UTF-8; save it as UTF-8");
        } catch (IOException e) {
            throw new PackageException(file, "cannot be read: " + e.getMessage());
        }
    }

    private static int line(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private static Yaml value(Path file, YAMLParser parser, String path) {
        int line = line(parser);
        if (parser.isCurrentAlias() || parser.getObjectId() != null || parser.getTypeId() != null) {
            throw new PackageException(file, line, "uses a YAML anchor, alias or tag; write the value out");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Yaml> values = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                int at = line(parser);
                parser.nextToken();
                if (values.put(key, value(file, parser, path + key + ".")) != null) {
                    throw new PackageException(file, at, "key \"" + path + key + "\" is given twice");
                }
            }
            return new Mapping(file, line, path, values);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Yaml> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(file, parser, path));
            }
            return new Sequence(file, line, items);
        }
        return token == JsonToken.VALUE_NULL
                ? new Scalar(file, line, "", false)
                : new Scalar(file, line, parser.getString(), token == JsonToken.VALUE_STRING);
    }
}
