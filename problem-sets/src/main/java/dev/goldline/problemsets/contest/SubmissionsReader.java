package dev.goldline.problemsets.contest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code submissions}: a folder's name says what its submissions must get, {@code submissions.yaml} may say
 * otherwise.
 */
final class SubmissionsReader {
    private static final Set<String> ALL = Set.of("AC", "WA", "TLE", "RTE");
    private static final Set<String> KEYS = Set.of(
            "language",
            "entrypoint",
            "authors",
            "model_solution",
            "permitted",
            "required",
            "score",
            "message",
            "use_for_time_limit");

    private final PackageFiles files;
    private final PackageFormat format;

    SubmissionsReader(PackageFiles files, PackageFormat format) {
        this.files = files;
        this.format = format;
    }

    private record Expectation(Set<String> permitted, Set<String> required, boolean timesLimit) {}

    List<Submission> read() {
        Path folder = files.root().resolve("submissions");
        Map<String, Expectation> globs = globs(folder.resolve("submissions.yaml"));
        List<Submission> submissions = new ArrayList<>();
        for (Path kind : files.list(folder)) {
            if (!Files.isDirectory(kind)) {
                continue;
            }
            Optional<Expectation> byFolder = expectation(kind.getFileName().toString());
            for (Path entry : files.list(kind)) {
                String name = kind.getFileName() + "/" + entry.getFileName();
                Expectation expected = byFolder.orElse(new Expectation(ALL, Set.of(), false));
                for (Map.Entry<String, Expectation> glob : globs.entrySet()) {
                    if (name.matches(glob.getKey())
                            || kind.getFileName().toString().matches(glob.getKey())) {
                        expected = glob.getValue();
                    }
                }
                submissions.add(new Submission(
                        name,
                        entry,
                        files.program(entry),
                        expected.permitted(),
                        expected.required(),
                        expected.timesLimit()));
            }
        }
        return submissions;
    }

    private static Optional<Expectation> expectation(String folder) {
        return Optional.ofNullable(
                switch (folder) {
                    case "accepted" -> new Expectation(Set.of("AC"), Set.of("AC"), true);
                    // Right, but maybe too slow for the limit that the others make.
                    case "slow_accepted" -> new Expectation(Set.of("AC", "TLE"), Set.of(), false);
                    case "rejected" -> new Expectation(ALL, Set.of("WA", "TLE", "RTE"), false);
                    case "wrong_answer" -> new Expectation(Set.of("AC", "WA"), Set.of("WA"), false);
                    case "time_limit_exceeded" -> new Expectation(Set.of("AC", "TLE"), Set.of("TLE"), false);
                    case "run_time_error" -> new Expectation(Set.of("AC", "RTE"), Set.of("RTE"), false);
                    case "brute_force" -> new Expectation(Set.of("AC", "RTE", "TLE"), Set.of("RTE", "TLE"), false);
                    default -> null;
                });
    }

    /** Patterns of names, in file order; a later one that matches wins. */
    private Map<String, Expectation> globs(Path file) {
        Map<String, Expectation> globs = new LinkedHashMap<>();
        if (format.isLegacy()) {
            return globs;
        }
        Yaml.Mapping yaml = Yaml.read(file);
        for (String glob : yaml.values().keySet()) {
            Yaml.Mapping about =
                    yaml.mapping(glob).orElseThrow(() -> yaml.error(glob, "must hold keys, such as permitted"));
            Set<String> permitted = verdicts(about, "permitted").orElse(ALL);
            Set<String> required = verdicts(about, "required").orElse(Set.of());
            for (String key : about.values().keySet()) {
                if (!KEYS.contains(key) && !key.startsWith("sample") && !key.startsWith("secret")) {
                    throw about.error(
                            key,
                            "is unknown; known keys: "
                                    + String.join(", ", KEYS.stream().sorted().toList()) + ", or a group below data");
                }
            }
            String use = about.text("use_for_time_limit").orElse(permitted.contains("TLE") ? "false" : "lower");
            globs.put(pattern(about, glob), new Expectation(permitted, required, use.equals("lower")));
        }
        return globs;
    }

    private static Optional<Set<String>> verdicts(Yaml.Mapping yaml, String key) {
        return yaml.texts(key).map(list -> {
            for (String verdict : list) {
                if (!ALL.contains(verdict)) {
                    throw yaml.error(key, "holds '" + verdict + "'; known: AC, WA, TLE, RTE");
                }
            }
            return Set.copyOf(list);
        });
    }

    /** Stars stop at slashes, braces hold alternatives. */
    private static String pattern(Yaml.Mapping yaml, String glob) {
        StringBuilder pattern = new StringBuilder();
        int depth = 0;
        for (char c : glob.toCharArray()) {
            switch (c) {
                case '*' -> pattern.append("[^/]*");
                case '?' -> pattern.append("[^/]");
                case '{' -> {
                    depth++;
                    pattern.append("(?:");
                }
                case '}' -> {
                    depth--;
                    pattern.append(')');
                }
                case ',' -> pattern.append(depth > 0 ? "|" : ",");
                default -> pattern.append(Character.isLetterOrDigit(c) || c == '_' || c == '/' ? "" + c : "\\" + c);
            }
        }
        if (depth != 0) {
            throw new PackageException(yaml.file(), yaml.line(), "'" + glob + "' has braces that do not match");
        }
        return pattern.toString();
    }
}
