package dev.goldline.problemsets.contest;

import dev.goldline.problemsets.contest.GroupRules.Aggregation;
import dev.goldline.problemsets.contest.GroupRules.VerdictRule;
import dev.goldline.problemsets.contest.ProblemPackage.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads {@code data/sample} and {@code data/secret}. What a group's file does not say is as in the group above. */
final class DataReader {
    private static final Set<String> CURRENT_KEYS = Set.of(
            "max_score",
            "score_aggregation",
            "require_pass",
            "static_validation_score",
            "args",
            "input_validator_args",
            "output_validator_args",
            "input_visualizer_args",
            "output_visualizer_args",
            "full_feedback");
    private static final Set<String> CASE_KEYS = Set.of(
            "args",
            "input_validator_args",
            "output_validator_args",
            "input_visualizer_args",
            "output_visualizer_args",
            "full_feedback",
            "hint",
            "description");
    private static final GroupRules.Legacy LEGACY_DEFAULT = new GroupRules.Legacy(
            true,
            VerdictRule.WORST_ERROR,
            Aggregation.SUM,
            false,
            false,
            1,
            0,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY);

    private final PackageFiles files;
    /** The draft of 2023-07 was used with the group files of either. */
    private final boolean legacyGroups;

    private final PackageFormat format;
    private final boolean scoring;

    DataReader(PackageFiles files, PackageFormat format, Set<Type> types) {
        this.files = files;
        this.format = format;
        Path data = files.root().resolve("data");
        legacyGroups = format.isLegacy()
                || (format == PackageFormat.DRAFT_2023_07
                        && (Files.exists(data.resolve("testdata.yaml"))
                                || Files.exists(data.resolve("secret/testdata.yaml"))));
        this.scoring = types.contains(Type.SCORING);
    }

    /** What a group hands down to its members. */
    private record Inherited(List<String> arguments, List<String> validatorArguments, GroupRules.Legacy legacy) {}

    TestGroup read(List<String> validatorFlags) {
        Path data = files.root().resolve("data");
        Inherited top = new Inherited(List.of(), validatorFlags, LEGACY_DEFAULT);
        Rules rules = rules(data, "", top);
        List<TestGroup> groups = new ArrayList<>();
        for (String name : List.of("sample", "secret")) {
            Path folder = data.resolve(name);
            if (Files.isDirectory(folder)) {
                groups.add(group(folder, name, rules.inherited()));
            }
        }
        TestGroup root = new TestGroup("", rules.rules(), groups, List.of());
        if (root.all().findAny().isEmpty()) {
            throw new PackageException(data, "holds no test case; put .in and .ans files into data/secret");
        }
        return root;
    }

    private record Rules(GroupRules rules, Inherited inherited) {}

    private TestGroup group(Path folder, String name, Inherited above) {
        if (name.chars().filter(c -> c == '/').count() > 16) {
            throw new PackageException(folder, "is more than 16 groups deep");
        }
        Rules rules = rules(folder, name, above);
        List<TestGroup> groups = new ArrayList<>();
        List<TestCase> cases = new ArrayList<>();
        for (Path entry : files.list(folder)) {
            String file = entry.getFileName().toString();
            if (Files.isDirectory(entry) && !file.endsWith(".files")) {
                groups.add(group(entry, name + "/" + file, rules.inherited()));
            } else if (file.endsWith(".in") && Files.isRegularFile(entry)) {
                cases.add(testCase(entry, name + "/" + file.substring(0, file.length() - 3), rules.inherited()));
            }
        }
        if (!legacyGroups && !groups.isEmpty() && !cases.isEmpty()) {
            throw new PackageException(folder, "holds both cases and groups; move the cases into a group");
        }
        return new TestGroup(name, rules.rules(), groups, cases);
    }

    private TestCase testCase(Path input, String name, Inherited above) {
        String stem = input.getFileName().toString().replaceFirst("\\.in$", "");
        Path answer = input.resolveSibling(stem + ".ans");
        if (!Files.isRegularFile(answer)) {
            throw new PackageException(input, "has no answer; " + answer.getFileName() + " is missing");
        }
        Path folder = input.resolveSibling(stem + ".files");
        List<String> arguments = above.arguments();
        List<String> validatorArguments = above.validatorArguments();
        if (!format.isLegacy()) {
            Yaml.Mapping yaml = Yaml.read(input.resolveSibling(stem + ".yaml"));
            yaml.refuseOthers(CASE_KEYS);
            arguments = yaml.texts("args").orElse(arguments);
            validatorArguments = yaml.texts("output_validator_args").orElse(validatorArguments);
        }
        return new TestCase(
                name,
                input,
                answer,
                Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty(),
                arguments,
                validatorArguments);
    }

    private Rules rules(Path folder, String name, Inherited above) {
        if (legacyGroups) {
            Yaml.Mapping yaml = Yaml.read(folder.resolve("testdata.yaml"));
            GroupRules.Legacy legacy = legacy(yaml, above.legacy(), name.isEmpty());
            List<String> flags = yaml.text("output_validator_flags")
                    .map(PackageReader::words)
                    .orElse(above.validatorArguments());
            return new Rules(legacy, new Inherited(above.arguments(), flags, legacy));
        }
        Yaml.Mapping yaml = Yaml.read(folder.resolve("test_group.yaml"));
        yaml.refuseOthers(CURRENT_KEYS);
        if (yaml.get("static_validation_score").isPresent()) {
            throw yaml.error("static_validation_score", "is not supported here");
        }
        Inherited inherited = new Inherited(
                yaml.texts("args").orElse(above.arguments()),
                yaml.texts("output_validator_args").orElse(above.validatorArguments()),
                above.legacy());
        return new Rules(current(yaml, name), inherited);
    }

    private GroupRules.Legacy legacy(Yaml.Mapping yaml, GroupRules.Legacy above, boolean root) {
        String reject = yaml.text("on_reject").orElse(above.breakOnReject() ? "break" : "continue");
        if (!Set.of("break", "continue", "first_error", "worst_error", "grade").contains(reject)) {
            throw yaml.error("on_reject", "is '" + reject + "'; give break or continue");
        }
        String grading = yaml.text("grading").orElse("default");
        if (!grading.equals("default")) {
            throw yaml.error("grading", "is '" + grading + "'; only the default grader is supported here");
        }
        VerdictRule verdict = above.verdict();
        Aggregation score = above.score();
        boolean ignoreSample = root && above.ignoreSample();
        boolean any = above.acceptIfAnyAccepted();
        Optional<String> flags = yaml.text("grader_flags");
        if (flags.isPresent()) {
            verdict = LEGACY_DEFAULT.verdict();
            score = LEGACY_DEFAULT.score();
            any = false;
            for (String flag : PackageReader.words(flags.get())) {
                switch (flag) {
                    case "first_error" -> verdict = VerdictRule.FIRST_ERROR;
                    case "worst_error" -> verdict = VerdictRule.WORST_ERROR;
                    case "always_accept" -> verdict = VerdictRule.ALWAYS_ACCEPT;
                    case "sum" -> score = Aggregation.SUM;
                    case "avg" -> score = Aggregation.AVERAGE;
                    case "min" -> score = Aggregation.MINIMUM;
                    case "max" -> score = Aggregation.MAXIMUM;
                    case "accept_if_any_accepted" -> any = true;
                    case "ignore_sample" -> {
                        if (!root) {
                            throw yaml.error("grader_flags", "holds ignore_sample, which only data/testdata.yaml may");
                        }
                        ignoreSample = true;
                    }
                    default -> throw yaml.error("grader_flags", "holds '" + flag + "', which is unknown");
                }
            }
        }
        double[] range = range(yaml, above);
        return new GroupRules.Legacy(
                !reject.equals("continue") && !reject.equals("grade"),
                verdict,
                score,
                ignoreSample,
                any,
                number(yaml, "accept_score", above.acceptScore()),
                number(yaml, "reject_score", above.rejectScore()),
                range[0],
                range[1]);
    }

    private static double number(Yaml.Mapping yaml, String key, double otherwise) {
        return yaml.number(key, -Double.MAX_VALUE).orElse(otherwise);
    }

    private static double[] range(Yaml.Mapping yaml, GroupRules.Legacy above) {
        Optional<String> range = yaml.text("range");
        if (range.isEmpty()) {
            return new double[] {above.leastScore(), above.mostScore()};
        }
        String[] ends = range.get().strip().split("\\s+");
        try {
            double least = Double.parseDouble(ends[0].replaceFirst("inf$", "Infinity"));
            double most = Double.parseDouble(ends[1].replaceFirst("inf$", "Infinity"));
            if (ends.length == 2 && least <= most) {
                return new double[] {least, most};
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw yaml.error("range", "is '" + range.get() + "'; give two numbers, such as 0 100");
        }
        throw yaml.error("range", "is '" + range.get() + "'; give two numbers, the smaller first");
    }

    private GroupRules.Current current(Yaml.Mapping yaml, String name) {
        boolean secret = name.equals("secret");
        for (String key : List.of("max_score", "score_aggregation")) {
            if (!scoring && yaml.get(key).isPresent()) {
                throw yaml.error(key, "is given, but the problem is not of type scoring");
            }
        }
        OptionalDouble maximum = yaml.text("max_score").orElse("").equals("unbounded")
                ? OptionalDouble.empty()
                : yaml.number("max_score", 0);
        if (maximum.isEmpty() && yaml.get("max_score").isEmpty() && secret) {
            maximum = OptionalDouble.of(100);
        }
        String aggregation = yaml.text("score_aggregation").orElse(secret && scoring ? "sum" : "pass-fail");
        Aggregation how = switch (aggregation) {
            case "sum" -> Aggregation.SUM;
            case "min" -> Aggregation.MINIMUM;
            case "pass-fail" -> Aggregation.PASS_FAIL;
            default -> throw yaml.error("score_aggregation", "is '" + aggregation + "'; give pass-fail, sum or min");
        };
        List<String> required = yaml.texts("require_pass").orElse(List.of());
        for (String group : required) {
            Path there = files.root().resolve("data").resolve(group).normalize();
            if (!there.startsWith(files.root().resolve("data")) || !Files.isDirectory(there)) {
                throw yaml.error("require_pass", "names '" + group + "', which is no group below data");
            }
        }
        return new GroupRules.Current(maximum, how, required);
    }
}
