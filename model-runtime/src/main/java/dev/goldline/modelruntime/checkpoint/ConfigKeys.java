package dev.goldline.modelruntime.checkpoint;

import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Typed look-ups in one object of a configuration file. A key given as {@code null} counts as absent. */
final class ConfigKeys {
    private final Path file;
    private final String prefix;
    private final JsonNode object;

    ConfigKeys(Path file, String prefix, JsonNode object) {
        this.file = file;
        this.prefix = prefix;
        this.object = object;
    }

    ConfigKeys empty() {
        return new ConfigKeys(file, prefix, JsonNodeFactory.instance.objectNode());
    }

    boolean has(String key) {
        return value(key).isPresent();
    }

    String shown(String key) {
        String text = value(key).map(JsonNode::toString).orElse("absent");
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    CheckpointException refused(String key, String value, String mend) {
        return new CheckpointException(file + ": " + prefix + key + " is " + value + ": " + mend);
    }

    Optional<ConfigKeys> child(String key) {
        return value(key).map(node -> {
            if (!node.isObject()) {
                throw refused(key, shown(key), "an object is expected");
            }
            return new ConfigKeys(file, prefix + key + ".", node);
        });
    }

    Optional<JsonNode> array(String key) {
        return value(key).map(node -> {
            if (!node.isArray()) {
                throw refused(key, shown(key), "a list is expected");
            }
            return node;
        });
    }

    int integer(String key, int least, int most) {
        return integerOr(key, least, most, true);
    }

    /** An optional count whose absence means {@code least}. */
    int integerOr(String key, int least, int most, boolean required) {
        return integerOr(key, least, most, required, least);
    }

    int integerOr(String key, int least, int most, boolean required, int otherwise) {
        Optional<JsonNode> node = value(key);
        if (node.isEmpty()) {
            if (required) {
                throw new CheckpointException(file + ": " + prefix + key + " is missing: a whole number from " + least
                        + " to " + most + " is expected");
            }
            return otherwise;
        }
        if (!node.get().isNumber()
                || !node.get().canConvertToExactIntegral()
                || node.get().asDouble() < least
                || node.get().asDouble() > most) {
            throw refused(key, shown(key), "a whole number from " + least + " to " + most + " is expected");
        }
        return (int) node.get().asDouble();
    }

    double number(String key, double otherwise) {
        return has(key) ? requiredNumber(key) : otherwise;
    }

    double requiredNumber(String key) {
        Optional<JsonNode> node = value(key);
        if (node.isEmpty()) {
            throw new CheckpointException(file + ": " + prefix + key + " is missing: a number is expected");
        }
        double number = node.get().isNumber() ? node.get().asDouble() : Double.NaN;
        if (!Double.isFinite(number)) {
            throw refused(key, shown(key), "a finite number is expected");
        }
        return number;
    }

    boolean flag(String key, boolean otherwise) {
        Optional<JsonNode> node = value(key);
        if (node.isPresent() && !node.get().isBoolean()) {
            throw refused(key, shown(key), "true or false is expected");
        }
        return node.map(JsonNode::booleanValue).orElse(otherwise);
    }

    String text(String key, String otherwise) {
        Optional<JsonNode> node = value(key);
        if (node.isPresent() && !node.get().isString()) {
            throw refused(key, shown(key), "a text is expected");
        }
        return node.map(JsonNode::stringValue).orElse(otherwise);
    }

    /** A key that may be absent but, when present, has one value this runtime computes. */
    void expect(String key, String only) {
        if (!text(key, only).equals(only)) {
            throw refused(key, shown(key), "only \"" + only + "\" is computed");
        }
    }

    /** A token id, or the first of a list of them. */
    int firstId(String key, int otherwise) {
        Optional<JsonNode> node = value(key);
        if (node.isPresent() && node.get().isArray() && !node.get().isEmpty()) {
            JsonNode first = node.get().get(0);
            if (!first.isInt() || first.intValue() < 0) {
                throw refused(key, shown(key), "token ids from 0 are expected");
            }
            return first.intValue();
        }
        return integerOr(key, 0, Integer.MAX_VALUE, false, otherwise);
    }

    private Optional<JsonNode> value(String key) {
        JsonNode node = object.get(key);
        return node == null || node.isNull() ? Optional.empty() : Optional.of(node);
    }
}
