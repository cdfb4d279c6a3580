package dev.goldline.modelruntime.yaml;

import java.util.List;
import java.util.Map;

/** A piece of a YAML document and the line it begins on, counted from 1. */
sealed interface YamlNode {
    int line();

    /** A plain or quoted value, as written. */
    record Scalar(String text, int line) implements YamlNode {}

    /** Keys in the order written. */
    record Mapping(Map<String, Entry> entries, int line) implements YamlNode {}

    /** Items in the order written. */
    record Sequence(List<YamlNode> items, int line) implements YamlNode {}

    /** A key's line and its value. */
    record Entry(int line, YamlNode value) {}
}
