package dev.goldline.reports.runlog;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds constants by the labels that logs use. */
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
}
