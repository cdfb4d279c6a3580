package dev.goldline.modelruntime.profile;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One mapping of a profile, read key by key; whatever is left unread at the end is an error. */
final class Section {
    private final Path file;
    private final String path;
    private final YamlNode.Mapping mapping;
    private final Set<String> known = new LinkedHashSet<>();

    Section(Path file, String path, YamlNode.Mapping mapping) {
        this.file = file;
        this.path = path;
        this.mapping = mapping;
    }

    Set<String> keys() {
        return mapping.entries().keySet();
    }

    Section section(String key) {
        return optionalSection(key).orElseThrow(() -> missing(key));
    }

    Optional<Section> optionalSection(String key) {
        YamlNode.Entry entry = entry(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() instanceof YamlNode.Mapping inner) {
            return Optional.of(new Section(file, path + key + ".", inner));
        }
        throw bad(key, "holds keys and values, not a single value");
    }

    String text(String key) {
        return optionalText(key).orElseThrow(() -> missing(key));
    }

    Optional<String> optionalText(String key) {
        YamlNode.Entry entry = entry(key);
        if (entry == null) {
            return Optional.empty();
        }
        if (entry.value() instanceof YamlNode.Scalar scalar) {
            return Optional.of(scalar.text());
        }
        throw bad(key, "holds a single value, not a list or keys");
    }

    double number(String key) {
        return parse(key, text(key), Double::parseDouble, "a number");
    }

    double number(String key, double otherwise) {
        return optionalText(key)
                .map(text -> parse(key, text, Double::parseDouble, "a number"))
                .orElse(otherwise);
    }

    int count(String key, int otherwise) {
        return optionalCount(key).orElse(otherwise);
    }

    OptionalInt optionalCount(String key) {
        Optional<String> text = optionalText(key);
        return text.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(parse(key, text.get(), Integer::parseInt, "a whole number"));
    }

    boolean flag(String key) {
        return optionalText(key)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw bad(key, "is '" + text + "'; use true or false");
                })
                .orElse(false);
    }

    /** Runs a step whose complaints have no place yet, and gives them this section's. */
    <T> T checked(Function<Section, T> step) {
        try {
            return step.apply(this);
        } catch (PlacedException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new PlacedException(file + ":" + mapping.line() + ": " + where() + String.valueOf(e.getMessage()), e);
        }
    }

    /** Ends the reading: keys nobody asked for are an error. */
    void refuseOthers() {
        for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw bad(entry.getKey(), "is not known here; known are " + String.join(", ", known));
            }
        }
    }

    IllegalArgumentException bad(String key, String what) {
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
        PlacedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
