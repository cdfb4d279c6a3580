package dev.goldline.reports.runlog;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Labels and names that logs use. */
final class Labels {
    private Labels() {}

    static <E> E find(String kind, String label, E[] constants, Function<E, String> labelOf) {
        for (E constant : constants) {
            if (labelOf.apply(constant).equals(label)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("unknown " + kind + " '" + label + "'; use one of "
                + Arrays.stream(constants).map(labelOf).collect(Collectors.joining(", ")));
    }

    /** An immutable copy in the same order; names must be whole characters, for JSON has no name with half of one. */
    static Map<String, String> facts(Map<String, String> facts) {
        for (String name : facts.keySet()) {
            if (name.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
                throw new IllegalArgumentException(
                        "the name '" + name + "' holds half a surrogate pair: mend the text");
            }
        }
        return Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
