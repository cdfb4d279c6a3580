package dev.goldline.problemsets.contest;

import dev.goldline.problemsets.contest.ProblemPackage.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Reads packages from folders. Unknown keys are errors from 2023-07 on; the legacy format leaves them alone.
 *
 * <p>Sources: problem package format, versions {@code legacy}, {@code legacy-icpc} and {@code 2025-09}. {@code 2023-07} is
 * read as the draft of 2025-09 that it was.
 */
public final class PackageReader {
    private static final Set<String> CURRENT_KEYS = Set.of(
            "problem_format_version",
            "type",
            "name",
            "uuid",
            "version",
            "credits",
            "source",
            "license",
            "rights_owner",
            "embargo_until",
            "limits",
            "keywords",
            "languages",
            "allow_file_writing",
            "constants");
    private static final Set<String> CURRENT_LIMITS = Set.of(
            "time_multipliers",
            "time_limit",
            "time_resolution",
            "memory",
            "output",
            "code",
            "compilation_time",
            "compilation_memory",
            "validation_time",
            "validation_memory",
            "validation_output",
            "validation_passes");

    private final PackageFiles files;
    private final Path root;

    private PackageReader(Path root) {
        this.root = root;
        files = new PackageFiles(root);
    }

    /**
     * Reads a package.
     *
     * @param folder holds {@code problem.yaml}
     * @throws PackageException naming the file, line and key of the first thing that is wrong
     */
    public static ProblemPackage read(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new PackageException(folder, "is no folder; name the folder that holds problem.yaml");
        }
        return new PackageReader(folder.toRealPath()).read();
    }

    private ProblemPackage read() {
        Path file = root.resolve("problem.yaml");
        Yaml.Mapping yaml = Yaml.read(file);
        PackageFormat format = format(yaml);
        if (!Files.exists(file) && !Files.isDirectory(root.resolve("data"))) {
            throw new PackageException(root, "holds neither problem.yaml nor data; is it a problem package?");
        }
        if (!format.isLegacy()) {
            yaml.refuseOthers(CURRENT_KEYS);
        }
        Set<Type> types = format.isLegacy() ? legacyTypes(yaml, format) : types(yaml);
        PackageLimits limits = limits(yaml, format, types);
        requireNoConstants(yaml);
        List<Path> validators = files.list(root.resolve(format.isLegacy() ? "output_validators" : "output_validator"));
        List<Path> judges =
                format.isLegacy() || validators.isEmpty() ? validators : List.of(root.resolve("output_validator"));
        boolean custom =
                format.isLegacy() ? yaml.text("validation").orElse("default").startsWith("custom") : !judges.isEmpty();
        if (custom && judges.isEmpty()) {
            throw yaml.error("validation", "is custom, but there is no output validator in output_validators");
        }
        if (types.contains(Type.INTERACTIVE) && !custom) {
            throw new PackageException(file, "an interactive problem needs an output validator of its own");
        }
        Path includes = root.resolve("include");
        List<String> flags =
                format.isLegacy() ? words(yaml.text("validator_flags").orElse("")) : List.of();
        return new ProblemPackage(
                root,
                root.getFileName().toString(),
                format,
                titles(yaml, format),
                types,
                limits,
                custom ? judges : List.of(),
                format.isLegacy() || yaml.truth("allow_file_writing", false),
                Files.isDirectory(includes) ? Optional.of(includes) : Optional.empty(),
                new DataReader(files, format, types).read(flags),
                new SubmissionsReader(files, format).read());
    }

    static List<String> words(String flags) {
        return flags.isBlank() ? List.of() : List.of(flags.strip().split("\\s+"));
    }

    private static PackageFormat format(Yaml.Mapping yaml) {
        String version = yaml.text("problem_format_version").orElse("legacy");
        return PackageFormat.of(version)
                .orElseThrow(() -> yaml.error(
                        "problem_format_version",
                        "is '" + version + "'; known: legacy, legacy-icpc, 2023-07, 2025-09"));
    }

    /** Placeholders in programs and statements are not filled in yet: better no verdict than one on other programs. */
    private static void requireNoConstants(Yaml.Mapping yaml) {
        if (yaml.mapping("constants").isPresent()) {
            throw yaml.error("constants", "is not supported here; write the values where they are used");
        }
    }

    private static Map<String, String> titles(Yaml.Mapping yaml, PackageFormat format) {
        Optional<Yaml> name = yaml.get("name");
        if (name.isEmpty()) {
            if (!format.isLegacy()) {
                throw yaml.error("name", "is missing");
            }
            return Map.of();
        }
        if (name.get() instanceof Yaml.Mapping languages) {
            Map<String, String> titles = new LinkedHashMap<>();
            languages
                    .values()
                    .keySet()
                    .forEach(language -> languages.text(language).ifPresent(title -> titles.put(language, title)));
            return titles;
        }
        return Map.of(format.isLegacy() ? "" : "en", yaml.text("name").orElse(""));
    }

    private static Set<Type> legacyTypes(Yaml.Mapping yaml, PackageFormat format) {
        Set<Type> types = EnumSet.noneOf(Type.class);
        String type = yaml.text("type").orElse("pass-fail");
        switch (type) {
            case "pass-fail" -> types.add(Type.PASS_FAIL);
            case "scoring" -> types.add(Type.SCORING);
            default -> throw yaml.error("type", "is '" + type + "'; give pass-fail or scoring");
        }
        if (format == PackageFormat.LEGACY_ICPC && types.contains(Type.SCORING)) {
            throw yaml.error("type", "is scoring, which legacy-icpc does not know");
        }
        List<String> validation = words(yaml.text("validation").orElse("default"));
        if (!List.of("default", "custom").contains(validation.getFirst())) {
            throw yaml.error(
                    "validation",
                    "is '" + String.join(" ", validation)
                            + "'; give default, or custom followed by interactive, score, or both");
        }
        for (String word : validation.subList(1, validation.size())) {
            switch (word) {
                case "interactive" -> types.add(Type.INTERACTIVE);
                case "score" -> types.add(Type.SCORING);
                case "multipass" -> types.add(Type.MULTI_PASS);
                default -> throw yaml.error("validation", "holds '" + word + "'; known: interactive, score");
            }
        }
        return types;
    }

    private static Set<Type> types(Yaml.Mapping yaml) {
        for (String key : List.of("problem_format_version", "name", "uuid")) {
            if (yaml.get(key).isEmpty()) {
                throw yaml.error(key, "is missing");
            }
        }
        Set<Type> types = EnumSet.noneOf(Type.class);
        for (String word : yaml.texts("type").orElse(List.of("pass-fail"))) {
            Type type = switch (word) {
                case "pass-fail" -> Type.PASS_FAIL;
                case "scoring" -> Type.SCORING;
                case "multi-pass" -> Type.MULTI_PASS;
                case "interactive" -> Type.INTERACTIVE;
                case "submit-answer" -> Type.SUBMIT_ANSWER;
                default ->
                    throw yaml.error(
                            "type",
                            "holds '" + word + "'; known: pass-fail, scoring, multi-pass, interactive, submit-answer");
            };
            if (!types.add(type)) {
                throw yaml.error("type", "holds '" + word + "' twice");
            }
        }
        if (types.contains(Type.PASS_FAIL) && types.contains(Type.SCORING)) {
            throw yaml.error("type", "holds both pass-fail and scoring; give one");
        }
        if (types.contains(Type.SUBMIT_ANSWER)
                && (types.contains(Type.MULTI_PASS) || types.contains(Type.INTERACTIVE))) {
            throw yaml.error("type", "holds submit-answer with multi-pass or interactive, which it excludes");
        }
        if (!types.contains(Type.SCORING)) {
            types.add(Type.PASS_FAIL);
        }
        return types;
    }

    private PackageLimits limits(Yaml.Mapping yaml, PackageFormat format, Set<Type> types) {
        Yaml.Mapping limits =
                yaml.mapping("limits").orElse(new Yaml.Mapping(yaml.file(), yaml.line(), "limits.", Map.of()));
        if (!format.isLegacy()) {
            limits.refuseOthers(CURRENT_LIMITS);
        }
        Yaml.Mapping factors = limits.mapping("time_multipliers")
                .orElse(new Yaml.Mapping(yaml.file(), yaml.line(), "limits.time_multipliers.", Map.of()));
        factors.refuseOthers(Set.of("ac_to_time_limit", "time_limit_to_tle"));
        if (limits.get("validation_passes").isPresent() && !types.contains(Type.MULTI_PASS)) {
            throw limits.error("validation_passes", "is given, but the problem is not multi-pass");
        }
        OptionalDouble time = limits.number("time_limit", Double.MIN_NORMAL);
        return new PackageLimits(
                time.isPresent() ? Optional.of(time.getAsDouble()) : dotTimeLimit(format),
                format.isLegacy()
                        ? limits.number("time_multiplier", 1).orElse(5)
                        : factors.number("ac_to_time_limit", 1).orElse(2),
                format.isLegacy()
                        ? limits.number("time_safety_margin", 1).orElse(2)
                        : factors.number("time_limit_to_tle", 1).orElse(1.5),
                limits.number("time_resolution", Double.MIN_NORMAL).orElse(1),
                limits.whole("memory", format.isLegacy() ? 1024 : 2048),
                limits.whole("output", 8),
                limits.whole("code", 128),
                limits.whole("compilation_time", 60),
                limits.whole("compilation_memory", 2048),
                limits.whole("validation_time", 60),
                limits.whole("validation_memory", 2048),
                limits.whole("validation_output", 8),
                limits.whole("validation_passes", 2));
    }

    /** A habit of legacy packages: the limit alone in a file. */
    private Optional<Double> dotTimeLimit(PackageFormat format) {
        Path file = root.resolve(".timelimit");
        if (!format.isLegacy() || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(file).strip();
            if (!text.matches("\\d{1,6}(\\.\\d{1,6})?") || Double.parseDouble(text) <= 0) {
                throw new PackageException(file, 1, "is '" + text + "'; give a number of seconds above 0");
            }
            return Optional.of(Double.parseDouble(text));
        } catch (IOException e) {
            throw new PackageException(file, "cannot be read: " + e.getMessage());
        }
    }
}
