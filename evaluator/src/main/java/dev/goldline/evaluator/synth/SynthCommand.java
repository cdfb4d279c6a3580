package dev.goldline.evaluator.synth;

import dev.goldline.problemsets.micromath.Family;
import dev.goldline.problemsets.micromath.MicroMath;
import dev.goldline.problemsets.micromath.MicroProblem;
import dev.goldline.problemsets.micromath.Split;
import dev.goldline.problemsets.set.ProblemSet;
import dev.goldline.problemsets.set.ProblemSetWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes a problem set from a seeded generator. */
@Command(
        name = "synth",
        mixinStandardHelpOptions = true,
        description = "Writes a problem set from a seeded generator: same seed, same problems, on every machine.",
        footer = {
            "",
            "Example:",
            "  ./goldline synth micro-math --seed 7 --n 140 --level 1-5 --out sets/seven",
            "",
            "Held-out problems and training problems never overlap, whatever the seeds."
        })
public final class SynthCommand implements Callable<Integer> {
    private static final String MICRO_MATH = "micro-math";
    private static final int DONE = 0;
    private static final int IMPOSSIBLE = 3;
    private static final int MOST = 100_000;

    @Parameters(paramLabel = "GENERATOR", description = "Only " + MICRO_MATH + " so far.")
    private String generator = "";

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--n",
            paramLabel = "N",
            defaultValue = "140",
            description = "Problems, shared evenly among families and levels (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "1-5",
            converter = Levels.Converter.class,
            description = "From 1 to 5, or a range such as 2-4 (default: ${DEFAULT-VALUE}).")
    private @Nullable Levels levels;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder to write the set into.")
    private @Nullable Path out;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = "evaluation",
            description = "evaluation or training (default: ${DEFAULT-VALUE}).")
    private String split = "";

    @Option(names = "--with-solutions", description = "Also write reference solutions, to solutions.jsonl.")
    private boolean withSolutions;

    @Option(names = "--force", description = "Overwrite a set that is already there.")
    private boolean force;

    @Option(names = "--json", description = "Print what was written as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    /** What was written where. */
    private record Written(ProblemSet set, Split split, Levels levels, Path folder) {}

    @Override
    public Integer call() {
        if (!generator.equals(MICRO_MATH)) {
            throw usage("unknown generator '" + generator + "'; there is " + MICRO_MATH);
        }
        if (count < 1 || count > MOST) {
            throw usage("--n must be 1 to " + MOST + ", was " + count);
        }
        Path folder = Objects.requireNonNull(out);
        if (!force && (ProblemSetWriter.isSet(folder) || Files.exists(folder.resolve(SolutionsFile.NAME)))) {
            throw usage(folder + " holds a problem set already; name another folder or add --force");
        }
        Split wanted = wantedSplit();
        Levels asked = Objects.requireNonNull(levels);
        List<MicroProblem> problems = sample(wanted, asked);
        ProblemSet set = MicroMath.set(MICRO_MATH + "@" + seed, wanted, seed, count, asked.all());
        try {
            ProblemSetWriter.write(set, folder, force);
            Path solutions = folder.resolve(SolutionsFile.NAME);
            if (withSolutions) {
                SolutionsFile.write(solutions, problems);
            } else {
                Files.deleteIfExists(solutions);
            }
        } catch (IOException e) {
            console().commandLine().getErr().println("goldline: cannot write into " + folder + ": " + e);
            return IMPOSSIBLE;
        }
        print(new Written(set, wanted, asked, folder));
        return DONE;
    }

    private List<MicroProblem> sample(Split wanted, Levels asked) {
        try {
            return MicroMath.sample(wanted, seed, count, asked.all());
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Split wantedSplit() {
        for (Split candidate : Split.values()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(split)) {
                return candidate;
            }
        }
        throw usage("unknown split '" + split + "'; use evaluation or training");
    }

    private void print(Written written) {
        PrintWriter console = console().commandLine().getOut();
        if (json) {
            console.println(asJson(written));
        } else {
            console.printf(
                    "%d problems of %d families, %s, %s split, seed %d%n%s: %s%ncontent hash %s%n",
                    count,
                    Math.min(count, Family.values().length),
                    written.levels,
                    split,
                    seed,
                    written.set.name(),
                    written.folder,
                    written.set.contentHash());
        }
        console.flush();
    }

    private String asJson(Written written) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("set", written.set.name());
            out.writeStringProperty("folder", written.folder.toString());
            out.writeNumberProperty("problems", count);
            out.writeStringProperty("split", split);
            out.writeNumberProperty("seed", seed);
            out.writeName("levels");
            out.writeStartArray();
            written.levels.all().forEach(out::writeNumber);
            out.writeEndArray();
            out.writeBooleanProperty("solutions", withSolutions);
            out.writeStringProperty("contentHash", written.set.contentHash());
            out.writeEndObject();
        }
        return text.toString();
    }

    private CommandSpec console() {
        return Objects.requireNonNull(spec);
    }

    private ParameterException usage(String message) {
        return new ParameterException(console().commandLine(), message);
    }
}
