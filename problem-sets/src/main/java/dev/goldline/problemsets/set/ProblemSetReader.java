package dev.goldline.problemsets.set;

import dev.goldline.problemsets.problem.MathAnswerProblem;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.problemsets.problem.Track;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a problem set from its folder.
 *
 * <pre>
 * set.yaml        format: "1"                  name, licence, source, language: texts; description: text, optional
 *                 scale:
 *                   points: 7                  points of a problem that gives none itself
 *                   medals: {bronze: 16, gold: 35}     optional, from the lowest up
 * problems.jsonl  {"id": "p1", "track": "math-answer", "statement": "...", "answer": "42",
 *                  "points": 7, "family": "algebra", "tags": {"year": "2025"}}      the last three optional
 * </pre>
 *
 * <p>UTF-8 without a byte order mark. A line may have {@value #LONGEST_LINE} bytes, {@code set.yaml} as many, a set
 * {@value #MOST_PROBLEMS} problems.
 */
public final class ProblemSetReader {
    static final String SET_FILE = "set.yaml";
    static final String PROBLEMS_FILE = "problems.jsonl";
    static final String FORMAT = "1";
    static final int LONGEST_LINE = 1 << 20;
    static final int MOST_PROBLEMS = 1_000_000;

    private final int longestLine;
    private final int mostProblems;

    public ProblemSetReader() {
        this(LONGEST_LINE, MOST_PROBLEMS);
    }

    ProblemSetReader(int longestLine, int mostProblems) {
        this.longestLine = longestLine;
        this.mostProblems = mostProblems;
    }

    /**
     * Reads the set in that folder.
     *
     * @throws ProblemSetException if there is none, or at its first defect
     * @throws IOException if a file cannot be read
     */
    public ProblemSet read(Path folder) throws IOException {
        Path setFile = existing(folder, SET_FILE);
        Path problemsFile = existing(folder, PROBLEMS_FILE);
        String file = setFile.toString();
        Fields fields = Fields.yaml(file, header(setFile));
        String format = fields.text("format");
        if (!format.equals(FORMAT)) {
            throw fields.error(
                    "format", "is \"" + Fields.shortened(format) + "\"; this version reads \"" + FORMAT + "\"");
        }
        String name = fields.text("name");
        fields.require("name", () -> ProblemSet.requireName(name));
        String description = fields.optionalText("description").orElse("");
        String licence = fields.text("licence");
        String source = fields.text("source");
        String language = fields.text("language");
        fields.require("language", () -> ProblemSet.requireLanguage(language));
        Scale scale = scale(fields);
        fields.refuseOthers();
        List<Problem> problems = problems(problemsFile, scale);
        fields.require("scale", () -> ProblemSet.requireReachable(scale, problems));
        return new ProblemSet(name, description, licence, source, language, scale, problems);
    }

    private static Path existing(Path folder, String name) {
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ProblemSetException(
                    folder.toString(),
                    "no file " + name + "; a problem set is a folder with " + SET_FILE + " and " + PROBLEMS_FILE);
        }
        return file;
    }

    private String header(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(longestLine + 1);
            if (bytes.length > longestLine) {
                throw new ProblemSetException(file.toString(), "longer than " + longestLine + " bytes");
            }
            int line = 1;
            int start = 0;
            for (int i = 0; i <= bytes.length; i++) {
                if (i == bytes.length || bytes[i] == '\n') {
                    decode(file, line++, bytes, start, i - start);
                    start = i + 1;
                }
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static Scale scale(Fields set) {
        Fields scale =
                set.optionalMapping("scale").orElseThrow(() -> set.error("scale", "is missing; give its points"));
        double points = scale.positive("points");
        List<Scale.MedalLine> medals = new ArrayList<>();
        scale.optionalMapping("medals").ifPresent(lines -> {
            for (String medal : lines.keys()) {
                double line = lines.positive(medal);
                lines.require(medal, () -> medals.add(new Scale.MedalLine(medal, line)));
            }
        });
        scale.refuseOthers();
        set.require("scale", () -> new Scale(points, medals));
        return new Scale(points, medals);
    }

    private List<Problem> problems(Path path, Scale scale) throws IOException {
        List<Problem> problems = new ArrayList<>();
        Map<String, Integer> lineOfId = new HashMap<>();
        Map<String, Integer> lineOfStatement = new HashMap<>();
        String file = path.toString();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            for (int line = 1; ; line++) {
                byte[] bytes = line(in, file, line);
                if (bytes == null) {
                    break;
                }
                if (problems.size() == mostProblems) {
                    throw new ProblemSetException(file, line, "more than " + mostProblems + " problems");
                }
                Problem problem = problem(file, line, decode(path, line, bytes, 0, bytes.length), scale);
                refuseRepeat(file, line, "id \"" + problem.id() + "\"", lineOfId.put(problem.id(), line));
                String words = ProblemSet.words(problem.statement());
                refuseRepeat(file, line, "statement", lineOfStatement.put(words, line));
                problems.add(problem);
            }
        }
        if (problems.isEmpty()) {
            throw new ProblemSetException(file, "no problems; write one JSON object a line");
        }
        return problems;
    }

    private static void refuseRepeat(String file, int line, String what, @Nullable Integer earlier) {
        if (earlier != null) {
            throw new ProblemSetException(file, line, "the same " + what + " as in line " + earlier);
        }
    }

    /** The next line without its line feed; null at the end. */
    private byte @Nullable [] line(InputStream in, String file, int number) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (line.size() == longestLine) {
                throw new ProblemSetException(file, number, "longer than " + longestLine + " bytes");
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    private static String decode(Path file, int line, byte[] bytes, int from, int length) {
        if (line == 1
                && length >= 3
                && (bytes[0] & 0xFF) == 0xEF
                && (bytes[1] & 0xFF) == 0xBB
                && (bytes[2] & 0xFF) == 0xBF) {
            throw new ProblemSetException(
                    file.toString(), 1, "starts with a byte order mark; save it as UTF-8 without one");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
        } catch (CharacterCodingException e) {
            throw new ProblemSetException(
                    file.toString(), line, "not UTF-8 at byte " + (buffer.position() - from + 1) + " of the line");
        }
    }

    private static Problem problem(String file, int line, String text, Scale scale) {
        if (text.isBlank()) {
            throw new ProblemSetException(file, line, "blank; delete the line");
        }
        Fields fields = Fields.json(file, line, text);
        String id = fields.text("id");
        String track = fields.text("track");
        if (!track.equals(Track.MATH_ANSWER.label())) {
            throw fields.error(
                    "track",
                    "is \"" + Fields.shortened(track) + "\"; this version reads \"" + Track.MATH_ANSWER.label() + "\"");
        }
        String statement = fields.text("statement");
        String answer = fields.text("answer");
        double points = fields.optionalPositive("points").orElse(scale.pointsPerProblem());
        String family = fields.optionalText("family").orElse("");
        Map<String, String> tags = new LinkedHashMap<>();
        fields.optionalMapping("tags").ifPresent(map -> {
            for (String key : map.keys()) {
                tags.put(key, map.text(key));
            }
        });
        fields.refuseOthers();
        try {
            return new MathAnswerProblem(id, statement, answer, points, family, tags);
        } catch (IllegalArgumentException e) {
            throw new ProblemSetException(file, line, String.valueOf(e.getMessage()));
        }
    }
}
