package dev.goldline.problemsets.micromath;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a problem is about. */
public enum Family {
    /** The remainder of a*b+c. */
    REMAINDER("remainder"),
    /** A greatest common divisor or a least common multiple. */
    GCD_LCM("gcd-lcm"),
    /** The sum of an arithmetic series, or one of its terms. */
    SERIES("series"),
    /** Two linear equations in two unknowns, with an integer solution. */
    LINEAR_SYSTEM("linear-system"),
    /** The number of divisors, of odd divisors, or the sum of divisors. */
    DIVISORS("divisors"),
    /** Choices, ordered choices and lattice paths. */
    COUNTING("counting"),
    /** The sum or difference of two fractions. */
    FRACTIONS("fractions");

    private final String label;

    Family(String label) {
        this.label = label;
    }

    /** The name used in files, ids and commands, such as {@code gcd-lcm}. */
    public String label() {
        return label;
    }

    /**
     * The family of that label.
     *
     * @throws IllegalArgumentException if there is none; the message lists the labels
     */
    public static Family ofLabel(String label) {
        for (Family family : values()) {
            if (family.label.equals(label)) {
                return family;
            }
        }
        throw new IllegalArgumentException("unknown family '" + label + "'; use one of "
                + Arrays.stream(values()).map(Family::label).collect(Collectors.joining(", ")));
    }
}
