package dev.goldline.problemsets.contest;

import java.util.List;
import java.util.stream.Stream;

/**
 * Cases and groups that are judged together, each in lexicographic order.
 *
 * @param name path below {@code data}; empty for the root, which holds {@code sample} and {@code secret}
 */
public record TestGroup(String name, GroupRules rules, List<TestGroup> groups, List<TestCase> cases) {
    public TestGroup {
        groups = List.copyOf(groups);
        cases = List.copyOf(cases);
    }

    /** All cases below, groups in order. */
    public Stream<TestCase> all() {
        return Stream.concat(groups.stream().flatMap(TestGroup::all), cases.stream());
    }
}
