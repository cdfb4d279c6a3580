package dev.goldline.evaluator.synth;

import dev.goldline.problemsets.micromath.Length;
import dev.goldline.problemsets.micromath.MicroProblem;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reference solutions beside a set, out of its problems' sight: one JSON object a line with {@code id}, {@code key} and
 * the thought at each length.
 */
final class SolutionsFile {
    static final String NAME = "solutions.jsonl";
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private SolutionsFile() {}

    static void write(Path file, List<MicroProblem> problems) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            for (MicroProblem problem : problems) {
                try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
                    json.writeStartObject();
                    json.writeStringProperty("id", problem.problem().id());
                    json.writeStringProperty("key", problem.key());
                    for (Length length : Length.values()) {
                        json.writeStringProperty(
                                length.name().toLowerCase(Locale.ROOT),
                                problem.solution(length).text());
                    }
                    json.writeEndObject();
                }
                out.write('\n');
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }
}
