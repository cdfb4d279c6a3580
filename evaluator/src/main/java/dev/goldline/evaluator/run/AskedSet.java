package dev.goldline.evaluator.run;

import dev.goldline.problemsets.problem.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A problem set as a run asks it.
 *
 * @param name the set's name in logs and reports
 * @param contentHash hash over all its problems, also those that are not asked
 * @param problems the problems asked, in order; at least one
 */
public record AskedSet(String name, String contentHash, List<Problem> problems) {
    public AskedSet {
        problems = List.copyOf(problems);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("set '" + name + "' has no problem to ask");
        }
        Set<String> ids = new HashSet<>();
        for (Problem problem : problems) {
            if (!ids.add(problem.id())) {
                throw new IllegalArgumentException("set '" + name + "' has problem " + problem.id() + " twice");
            }
        }
    }

    /**
     * The same set with its first problems alone.
     *
     * @param limit how many, 1 or more; more than there are is all
     */
    public AskedSet first(int limit) {
        return new AskedSet(name, contentHash, problems.subList(0, Math.min(limit, problems.size())));
    }
}
