package dev.goldline.problemsets.contest;

import java.util.List;
import java.util.OptionalDouble;

/** How the results of a group's members make up the group's own. */
public sealed interface GroupRules {
    /** How scores of members become one. */
    enum Aggregation {
        SUM,
        AVERAGE,
        MINIMUM,
        MAXIMUM,
        /** All of the maximum, or nothing. */
        PASS_FAIL
    }

    /** How verdicts of members become one. */
    enum VerdictRule {
        WORST_ERROR,
        FIRST_ERROR,
        ALWAYS_ACCEPT
    }

    /**
     * Rules of {@code testdata.yaml}, of the default grader.
     *
     * @param breakOnReject whether what follows a rejected member is left out
     * @param ignoreSample whether the sample counts for nothing (in the root only)
     */
    record Legacy(
            boolean breakOnReject,
            VerdictRule verdict,
            Aggregation score,
            boolean ignoreSample,
            boolean acceptIfAnyAccepted,
            double acceptScore,
            double rejectScore,
            double leastScore,
            double mostScore)
            implements GroupRules {}

    /**
     * Rules of {@code test_group.yaml}.
     *
     * @param maximum empty: unbounded
     * @param requirePass names of groups that must pass, else this one is not run
     */
    record Current(OptionalDouble maximum, Aggregation aggregation, List<String> requirePass) implements GroupRules {
        public Current {
            requirePass = List.copyOf(requirePass);
        }
    }
}
