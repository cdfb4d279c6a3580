package dev.goldline.evaluator.grade;

import dev.goldline.evaluator.console.CommandException;
import dev.goldline.judges.answer.AnswerGrader;
import dev.goldline.judges.answer.Grade;
import dev.goldline.judges.contract.AnswerContract;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Pairs in a file, one JSON object a line: read, graded and printed one at a time. */
final class PairsFile {
    private static final int LONGEST_LINE = 16_000_000;

    private final Path file;
    private final AnswerGrader grader;
    private final AnswerContract otherwise;
    private int lines;

    /** @param otherwise the contract of lines that declare none */
    PairsFile(Path file, AnswerGrader grader, AnswerContract otherwise) {
        this.file = file;
        this.grader = grader;
        this.otherwise = otherwise;
    }

    /** Grades every line; a summary comes back. */
    String grade(PrintWriter out) throws IOException {
        int[] counts = new int[3];
        if (!Files.isRegularFile(file)) {
            throw CommandException.usage("no such file: " + file, "name a file of JSON lines with gold and answer");
        }
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = line(reader); line != null; line = line(reader)) {
                lines++;
                if (!line.isBlank()) {
                    counts[grade(line, out).finding().equality().ordinal()]++;
                }
            }
        } catch (CharacterCodingException e) {
            throw CommandException.usage(file + " line " + (lines + 1) + " is not UTF-8", "")
                    .causedBy(e);
        }
        out.flush();
        int all = counts[0] + counts[1] + counts[2];
        return String.format(
                Locale.ROOT,
                "%d pairs: %d YES, %d NO, %d UNKNOWN; correct %s",
                all,
                counts[0],
                counts[1],
                counts[2],
                all == 0 ? "of none" : interval(counts[0], counts[0] + counts[2], all));
    }

    private static String interval(int least, int most, int all) {
        return String.format(
                Locale.ROOT, "%.1f%% to %.1f%%, as the unknown are taken", 100.0 * least / all, 100.0 * most / all);
    }

    private Grade grade(String line, PrintWriter out) {
        JsonNode node;
        try {
            node = GradeJson.MAPPER.readTree(line);
        } catch (JacksonException e) {
            throw bad("is not JSON: " + e.getOriginalMessage()).causedBy(e);
        }
        if (!(node instanceof ObjectNode pair)) {
            throw bad("is not an object");
        }
        Grade grade = grader.grade(text(pair, "gold"), text(pair, "answer"), contract(pair));
        GradeJson.add(pair, grade);
        out.println(pair);
        return grade;
    }

    private String text(ObjectNode pair, String field) {
        JsonNode value = pair.path(field);
        if (value.isString() || value.isNumber()) {
            return value.asString();
        }
        throw bad("has no text '" + field + "'");
    }

    private AnswerContract contract(ObjectNode pair) {
        JsonNode contract = pair.path("contract");
        if (contract.isMissingNode() || contract.isNull()) {
            return otherwise;
        }
        try {
            return AnswerContract.parse(contract.asString());
        } catch (IllegalArgumentException | JacksonException e) {
            throw bad("has a bad contract: " + e.getMessage());
        }
    }

    private CommandException bad(String what) {
        return CommandException.usage(
                file + " line " + lines + " " + what,
                "each line: {\"gold\": \"…\", \"answer\": \"…\", \"contract\": \"…\"}");
    }

    /** The next line without its end; null after the last. */
    private @Nullable String line(BufferedReader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = reader.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (line.length() >= LONGEST_LINE) {
                lines++;
                throw bad("is longer than " + LONGEST_LINE + " characters");
            }
            line.append((char) c);
        }
        return line.toString();
    }
}
