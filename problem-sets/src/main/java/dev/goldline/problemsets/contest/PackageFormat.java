package dev.goldline.problemsets.contest;

import java.util.Arrays;
import java.util.Optional;

/** The dialects of the package format. */
public enum PackageFormat {
    LEGACY("legacy"),
    /** Legacy without scoring and groups. */
    LEGACY_ICPC("legacy-icpc"),
    DRAFT_2023_07("2023-07"),
    V2025_09("2025-09");

    private final String label;

    PackageFormat(String label) {
        this.label = label;
    }

    /** As {@code problem_format_version} names it. */
    public String label() {
        return label;
    }

    public boolean isLegacy() {
        return this == LEGACY || this == LEGACY_ICPC;
    }

    static Optional<PackageFormat> of(String version) {
        String name = version.equals("2023-07-draft") ? "2023-07" : version;
        return Arrays.stream(values())
                .filter(format -> format.label.equals(name))
                .findFirst();
    }
}
