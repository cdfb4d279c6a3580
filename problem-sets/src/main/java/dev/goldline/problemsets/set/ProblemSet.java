package dev.goldline.problemsets.set;

import dev.goldline.problemsets.problem.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Problems in the order they are asked. Ids and statements are unique, and there is at least one problem.
 *
 * @param name letters, digits and {@code . _ - @}; at most 128
 * @param description what the set is, for a person; may be empty
 * @param licence of the statements and answers: an SPDX identifier, or words
 * @param source where the problems come from
 * @param language of the statements: a tag such as {@code en} or {@code zh-Hans}
 */
public record ProblemSet(
        String name,
        String description,
        String licence,
        String source,
        String language,
        Scale scale,
        List<Problem> problems) {
    public ProblemSet {
        requireName(name);
        if (licence.isBlank()) {
            throw new IllegalArgumentException("set " + name + " needs a licence, such as CC-BY-4.0");
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("set " + name + " needs a source: who wrote it, or where it is from");
        }
        requireLanguage(language);
        problems = List.copyOf(problems);
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("set " + name + " has no problems");
        }
        refuseRepeats(problems);
        requireReachable(scale, problems);
    }

    static void requireName(String name) {
        if (!name.matches("[A-Za-z0-9._@-]{1,128}")) {
            throw new IllegalArgumentException(
                    "name '" + name + "' must be 1 to 128 letters, digits, dots, underscores, hyphens or @");
        }
    }

    static void requireLanguage(String language) {
        if (!language.matches("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")) {
            throw new IllegalArgumentException("language '" + language + "' must be a tag such as en or zh-Hans");
        }
    }

    static void requireReachable(Scale scale, List<Problem> problems) {
        double most = problems.stream().mapToDouble(Problem::points).sum();
        for (Scale.MedalLine medal : scale.medals()) {
            if (medal.points() > most) {
                throw new IllegalArgumentException("medal line '" + medal.name() + "' is "
                        + Numbers.plain(medal.points()) + ", but all problems together give " + Numbers.plain(most));
            }
        }
    }

    private static void refuseRepeats(List<Problem> problems) {
        Map<String, String> statements = HashMap.newHashMap(problems.size());
        Map<String, String> ids = HashMap.newHashMap(problems.size());
        for (Problem problem : problems) {
            if (ids.put(problem.id(), problem.id()) != null) {
                throw new IllegalArgumentException("two problems have the id '" + problem.id() + "'");
            }
            String other = statements.put(words(problem.statement()), problem.id());
            if (other != null) {
                throw new IllegalArgumentException(
                        "problems " + other + " and " + problem.id() + " have the same statement");
            }
        }
    }

    /** The statement with white space made uniform: two statements are the same if these are. */
    static String words(String statement) {
        return statement.strip().replaceAll("\\s+", " ");
    }

    /** The problem of that id. */
    public Optional<Problem> problem(String id) {
        return problems.stream().filter(problem -> problem.id().equals(id)).findFirst();
    }

    /** The most points there are. */
    public double points() {
        return problems.stream().mapToDouble(Problem::points).sum();
    }

    /**
     * SHA-256, in hexadecimal, of what is asked and how it counts: language, scale and all of every problem, in order.
     * Name, description, licence and source may be corrected without changing it, and it does not depend on how a file
     * orders keys or tags or uses white space.
     */
    public String contentHash() {
        return ContentHash.of(this);
    }
}
