package dev.goldline.evaluator.suite;

import dev.goldline.evaluator.schedule.Limit;
import dev.goldline.modelruntime.yaml.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads suites. Every key is checked; an unknown or repeated one is an error that names file, line and key.
 *
 * <pre>
 * name: olympiad
 * protocol: math             # optional: none, math, ioi or icpc; sets what published evaluations use
 * models: [bundled]          # optional, as are all below; a flag of the command line wins over each
 * modes: [standard, speciale]
 * sets: [micro-math]
 * samples: 4
 * limit: 20                  # only the first problems of each set
 * seed: 1
 * sampling: {temperature: 1.0, top-p: 0.95, max-output-tokens: 131072, thinking-budget: 65536}
 * prompt: boxed              # or plain: the statement and nothing else
 * concurrency: 64
 * tools: false               # never in mode speciale
 * stop-when-settled: false
 * select: {filter: true, longest-thoughts: 50}
 * limits:
 *   attempt: {tokens: 100000}
 *   problem: {money: 2.5, attempts: 100}
 *   run: {money: 100, minutes: 600}
 * </pre>
 */
public final class SuiteReader {
    private static final long MAX_FILE_BYTES = 64 << 10;
    private static final List<String> SHIPPED = List.of("micro-math", "math", "ioi", "icpc");

    private SuiteReader() {}

    /** Suites that need no file. */
    public static List<String> names() {
        return SHIPPED;
    }

    /**
     * The suite of that name.
     *
     * @param nameOrFile a shipped name, or a file
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it names nothing, or the file is no valid suite
     */
    public static Suite find(String nameOrFile) throws IOException {
        if (SHIPPED.contains(nameOrFile)) {
            String resource = nameOrFile + ".yaml";
            try (InputStream in = SuiteReader.class.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IOException("this build lacks its resource " + resource);
                }
                return suite(Section.parse(
                        new String(in.readAllBytes(), StandardCharsets.UTF_8), Path.of("suites", resource)));
            }
        }
        if (!Files.isRegularFile(Path.of(nameOrFile))) {
            throw new IllegalArgumentException("no suite '" + nameOrFile + "': neither a shipped one ("
                    + String.join(", ", SHIPPED) + ") nor a file");
        }
        return suite(Section.read(Path.of(nameOrFile), MAX_FILE_BYTES));
    }

    /** What a protocol sets where the suite does not. */
    private record Protocol(OptionalInt samples, boolean published, Optional<Suite.Selection> selection) {
        static Protocol of(String name) {
            return switch (name) {
                case "none" -> new Protocol(OptionalInt.empty(), false, Optional.empty());
                case "math" -> new Protocol(OptionalInt.empty(), true, Optional.empty());
                case "ioi" -> new Protocol(OptionalInt.of(500), true, Optional.of(new Suite.Selection(true, 50)));
                case "icpc" -> new Protocol(OptionalInt.of(32), true, Optional.empty());
                default ->
                    throw new IllegalArgumentException("protocol is '" + name + "'; use none, math, ioi or icpc");
            };
        }

        OptionalDouble temperature() {
            return published ? OptionalDouble.of(1.0) : OptionalDouble.empty();
        }

        OptionalDouble topP() {
            return published ? OptionalDouble.of(0.95) : OptionalDouble.empty();
        }

        OptionalInt maxOutputTokens() {
            return published ? OptionalInt.of(131_072) : OptionalInt.empty();
        }
    }

    private static Suite suite(Section root) {
        return root.checked(section -> {
            String name = section.text("name");
            Protocol protocol = Protocol.of(section.optionalText("protocol").orElse("none"));
            Optional<Section> sampling = section.optionalSection("sampling");
            Optional<Section> limits = section.optionalSection("limits");
            Suite suite = new Suite(
                    name,
                    section.texts("models"),
                    section.texts("modes"),
                    section.texts("sets"),
                    or(section.optionalCount("samples"), protocol.samples()),
                    section.optionalCount("limit"),
                    section.optionalCount("seed"),
                    number(sampling, "temperature", protocol.temperature()),
                    number(sampling, "top-p", protocol.topP()),
                    or(count(sampling, "max-output-tokens"), protocol.maxOutputTokens()),
                    count(sampling, "thinking-budget"),
                    section.optionalText("prompt").orElse(protocol.published() ? "boxed" : "plain"),
                    section.optionalCount("concurrency"),
                    section.flag("tools"),
                    section.flag("stop-when-settled"),
                    limit(limits, "attempt"),
                    limit(limits, "problem"),
                    limit(limits, "run"),
                    section.optionalSection("select")
                            .map(inner -> inner.checked(SuiteReader::selection))
                            .or(protocol::selection));
            sampling.ifPresent(Section::refuseOthers);
            limits.ifPresent(Section::refuseOthers);
            section.refuseOthers();
            return suite;
        });
    }

    private static Suite.Selection selection(Section section) {
        Suite.Selection selection = new Suite.Selection(section.flag("filter"), section.count("longest-thoughts"));
        section.refuseOthers();
        return selection;
    }

    private static Limit limit(Optional<Section> limits, String scope) {
        return limits.flatMap(section -> section.optionalSection(scope))
                .map(section -> section.checked(SuiteReader::limit))
                .orElse(Limit.NONE);
    }

    private static Limit limit(Section section) {
        Optional<String> tokens = section.optionalText("tokens");
        OptionalInt minutes = section.optionalCount("minutes");
        Optional<String> money = section.optionalText("money");
        Limit limit = new Limit(
                tokens.isPresent() ? OptionalLong.of(section.whole("tokens")) : OptionalLong.empty(),
                money.isPresent() ? OptionalDouble.of(section.number("money")) : OptionalDouble.empty(),
                minutes.isPresent() ? Optional.of(Duration.ofMinutes(minutes.getAsInt())) : Optional.empty(),
                section.optionalCount("attempts"));
        section.refuseOthers();
        return limit;
    }

    private static OptionalInt or(OptionalInt said, OptionalInt otherwise) {
        return said.isPresent() ? said : otherwise;
    }

    private static OptionalInt count(Optional<Section> section, String key) {
        return section.isPresent() ? section.get().optionalCount(key) : OptionalInt.empty();
    }

    private static OptionalDouble number(Optional<Section> section, String key, OptionalDouble otherwise) {
        return section.isPresent() && section.get().optionalText(key).isPresent()
                ? OptionalDouble.of(section.get().number(key))
                : otherwise;
    }
}
