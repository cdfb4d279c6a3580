package dev.goldline.modelruntime.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a settings file, read key by key; whatever is left unread at the end is an error. All methods throw
 * {@link IllegalArgumentException} naming file, line and key.
 */
public final class Section {
    private final Path file;
    private final String path;
    private final YamlNode.Mapping mapping;
    private final Set<String> known = new LinkedHashSet<>();

    private Section(Path file, String path, YamlNode.Mapping mapping) {
        this.file = file;
        this.path = path;
        this.mapping = mapping;
    }

    /**
     * The whole of a file.
     *
     * @param maxBytes what a file of this kind may have at most
     * @throws IOException if it cannot be read
     */
    public static Section read(Path file, long maxBytes) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(Math.toIntExact(maxBytes + 1));
        }
        if (bytes.length > maxBytes) {
            throw new IllegalArgumentException(
                    file + ": more than " + maxBytes + " bytes; a file of this kind has at most " + maxBytes);
        }
        return parse(new String(bytes, StandardCharsets.UTF_8), file);
    }

    /** The whole of a text; errors say it comes from that file. */
    public static Section parse(String yaml, Path file) {
        return new Section(file, "", YamlReader.read(yaml, file));
    }

    /** The keys it has, in the order written. */
    public Set<String> keys() {
        return mapping.entries().keySet();
    }

    /** The mapping under a key. */
    public Section section(String key) {
        return optionalSection(key).orElseThrow(() -> missing(key));
    }

    /** The mapping under a key, if the key is there. */
    public Optional<Section> optionalSection(String key) {
        YamlNode.Entry entry = entry(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() instanceof YamlNode.Mapping inner) {
            return Optional.of(new Section(file, path + key + ".", inner));
        }
        throw bad(key, "holds keys and values, not a single value");
    }

    /** A value as written. */
    public String text(String key) {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    /** A value as written, if the key is there. */
    public Optional<String> optionalText(String key) {
        YamlNode.Entry entry = entry(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() instanceof YamlNode.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        throw bad(key, "holds a single value, not a list or keys");
    }

    /** A finite number. */
    public double number(String key) {
        return number(key, text(key));
    }

    /** A finite number, or another one where the key is not there. */
    public double number(String key, double otherwise) {
        return optionalText(key).map(text -> number(key, text)).orElse(otherwise);
    }

    private double number(String key, String text) {
        double value = parse(key, text, Double::parseDouble, "a number");
        if (!Double.isFinite(value)) {
            throw bad(key, "is '" + text + "'; expected a finite number");
        }
        return value;
    }

    /** A list of finite numbers. */
    public List<Double> numbers(String key) {
        YamlNode.Entry entry = entry(key);
        if (entry == null) {
            throw missing(key);
        }
        if (!(entry.value() instanceof YamlNode.Sequence sequence)) {
            throw bad(key, "holds a list of numbers, such as [1.0, 0.5]");
        }
        return sequence.items().stream()
                .map(item -> {
                    if (item instanceof YamlNode.Scalar scalar) {
                        return number(key, scalar.text());
                    }
                    throw bad(key, "holds a list of numbers, not of lists or keys");
                })
                .toList();
    }

    /** A list of values as written; empty if the key is not there. A single value is a list of one. */
    public List<String> texts(String key) {
        YamlNode.Entry entry = entry(key);
        if (entry == null) {
            return List.of();
        }
        List<YamlNode> items =
                entry.value() instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(entry.value());
        return items.stream()
                .map(item -> {
                    if (item instanceof YamlNode.Scalar scalar) {
                        return scalar.text();
                    }
                    throw bad(key, "holds a list of single values, not of lists or keys");
                })
                .toList();
    }

    /** A whole number. */
    public int count(String key) {
        return parse(key, text(key), Integer::parseInt, "a whole number up to " + Integer.MAX_VALUE);
    }

    /** A whole number that may be large. */
    public long whole(String key) {
        return parse(key, text(key), Long::parseLong, "a whole number");
    }

    /** A whole number, or another one where the key is not there. */
    public int count(String key, int otherwise) {
        return optionalCount(key).orElse(otherwise);
    }

    /** A whole number, if the key is there. */
    public OptionalInt optionalCount(String key) {
        Optional<String> text = optionalText(key);
        return text.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(parse(key, text.get(), Integer::parseInt, "a whole number"));
    }

    /** Whether a key is there and true. */
    public boolean flag(String key) {
        return optionalText(key)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw bad(key, "is '" + text + "'; use true or false");
                })
                .orElse(false);
    }

    /** Runs a step whose complaints have no place yet, and gives them this section's. */
    public <T> T checked(Function<Section, T> step) {
        try {
            return step.apply(this);
        } catch (PlacedException e) {
            throw e;
        } catch (RefusedValueException e) {
            throw bad(e.key(), e.problem());
        } catch (IllegalArgumentException e) {
            throw new PlacedException(file + ":" + mapping.line() + ": " + where() + String.valueOf(e.getMessage()), e);
        }
    }

    /** Ends the reading: keys nobody asked for are an error. */
    public void refuseOthers() {
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw bad(entry.getKey(), "is not known here; known are " + String.join(", ", known));
            }
        }
    }

    /** An error about the value under a key; {@code what} follows the key in a sentence. */
    public IllegalArgumentException bad(String key, String what) {
        YamlNode.Entry entry = mapping.entries().get(key);
        int line = entry == null ? mapping.line() : entry.line();
        return new PlacedException(file + ":" + line + ": " + path + key + " " + what, null);
    }

    private <T> T parse(String key, String text, Function<String, T> parser, String kind) {
        try {
            return parser.apply(text);
        } catch (NumberFormatException e) {
            throw bad(key, "is '" + text + "'; expected " + kind);
        }
    }

    private YamlNode.@Nullable Entry entry(String key) {
        known.add(key);
        return mapping.entries().get(key);
    }

    private IllegalArgumentException missing(String key) {
        return bad(key, "is missing");
    }

    private String where() {
        return path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ": ";
    }

    /** An error that names its file and line already. */
    private static final class PlacedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        PlacedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
