package dev.goldline.problemsets.set;

import dev.goldline.problemsets.problem.MathAnswerProblem;
import dev.goldline.problemsets.problem.Problem;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Writes a problem set in the one form that its content has: reading and writing again gives the same bytes. */
public final class ProblemSetWriter {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .disable(YAMLWriteFeature.SPLIT_LINES)
            .build();

    private ProblemSetWriter() {}

    /** Whether the folder already holds a set, or a part of one. */
    public static boolean isSet(Path folder) {
        return Files.exists(folder.resolve(ProblemSetReader.SET_FILE))
                || Files.exists(folder.resolve(ProblemSetReader.PROBLEMS_FILE));
    }

    /**
     * Writes the set into a folder, which is made if need be. Each file is complete before it takes its place.
     *
     * @param replace whether a set that is already there may be overwritten
     * @throws FileAlreadyExistsException if there is one and it may not
     */
    public static void write(ProblemSet set, Path folder, boolean replace) throws IOException {
        if (!replace && isSet(folder)) {
            throw new FileAlreadyExistsException(folder.toString(), null, "holds a problem set already");
        }
        Files.createDirectories(folder);
        place(folder.resolve(ProblemSetReader.PROBLEMS_FILE), out -> {
            for (Problem problem : set.problems()) {
                try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
                    problem(json, problem, set.scale());
                }
                out.write('\n');
            }
        });
        place(folder.resolve(ProblemSetReader.SET_FILE), out -> out.write(header(set)));
    }

    private interface Content {
        void to(Writer out) throws IOException;
    }

    private static void place(Path file, Content content) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        try (Writer out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
            content.to(out);
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String header(ProblemSet set) {
        StringWriter out = new StringWriter();
        try (JsonGenerator yaml = YAML.createGenerator(ObjectWriteContext.empty(), out)) {
            yaml.writeStartObject();
            yaml.writeStringProperty("format", ProblemSetReader.FORMAT);
            yaml.writeStringProperty("name", set.name());
            if (!set.description().isEmpty()) {
                yaml.writeStringProperty("description", set.description());
            }
            yaml.writeStringProperty("licence", set.licence());
            yaml.writeStringProperty("source", set.source());
            yaml.writeStringProperty("language", set.language());
            yaml.writeName("scale");
            yaml.writeStartObject();
            number(yaml, "points", set.scale().pointsPerProblem());
            if (!set.scale().medals().isEmpty()) {
                yaml.writeName("medals");
                yaml.writeStartObject();
                for (Scale.MedalLine medal : set.scale().medals()) {
                    number(yaml, medal.name(), medal.points());
                }
                yaml.writeEndObject();
            }
            yaml.writeEndObject();
            yaml.writeEndObject();
        }
        return out.toString();
    }

    private static void problem(JsonGenerator json, Problem problem, Scale scale) {
        json.writeStartObject();
        json.writeStringProperty("id", problem.id());
        json.writeStringProperty("track", problem.track().label());
        json.writeStringProperty("statement", problem.statement());
        switch (problem) {
            case MathAnswerProblem math -> json.writeStringProperty("answer", math.answer());
        }
        if (problem.points() != scale.pointsPerProblem()) {
            number(json, "points", problem.points());
        }
        if (!problem.family().isEmpty()) {
            json.writeStringProperty("family", problem.family());
        }
        if (!problem.tags().isEmpty()) {
            json.writeName("tags");
            json.writeStartObject();
            for (Map.Entry<String, String> tag : problem.tags().entrySet()) {
                json.writeStringProperty(tag.getKey(), tag.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void number(JsonGenerator out, String key, double value) {
        out.writeName(key);
        out.writeNumber(new BigDecimal(Numbers.plain(value)));
    }
}
