package dev.goldline.judges.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.extraction.ChoiceExtractor;
import dev.goldline.judges.extraction.Extraction;
import dev.goldline.judges.extraction.ExtractionPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Against the suites of peers, where the folder of conformance data is at hand. */
class ConformanceTest {
    private static final AnswerGrader TEXTS = new AnswerGrader(ExtractionPolicy.GOLD, ExtractionPolicy.LENIENT);
    private static final AnswerGrader ANSWERS = new AnswerGrader(ExtractionPolicy.STANDARD, ExtractionPolicy.STANDARD);

    private static JsonNode cases(String file) throws IOException {
        String folder = System.getProperty("goldline.conformance", "");
        assumeFalse(folder.isEmpty(), "skipped: give the folder of the conformance data with -Dgoldline.conformance");
        return JsonMapper.builder()
                .build()
                .readTree(Files.readString(Path.of(folder, "math", file)))
                .path("cases");
    }

    private static Set<String> argued() throws IOException {
        try (InputStream in = ConformanceTest.class.getResourceAsStream("disagreements.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .collect(Collectors.toSet());
        }
    }

    @Test
    void agrees_with_math_verify_but_for_contested_cases_that_are_argued() throws IOException {
        List<String> disagreements = new ArrayList<>();
        List<String> falseAccepts = new ArrayList<>();
        JsonNode cases = cases("math_verify_cases.json");
        for (JsonNode each : cases) {
            if (!agrees(each)) {
                disagreements.add(each.path("id").asString());
                if (!each.path("class").asString().equals("contested")
                        && !each.path("expected").asBoolean(true)) {
                    falseAccepts.add(each.path("id").asString());
                }
            }
        }
        assertThat(cases).hasSize(276);
        assertThat(falseAccepts).isEmpty();
        assertThat(disagreements).isSubsetOf(argued()).hasSizeLessThanOrEqualTo(276 - 265);
    }

    private static boolean agrees(JsonNode each) {
        JsonNode expected = each.path("expected");
        String answer = each.path("answer").asString();
        if (each.path("kind").asString().equals("extract")) {
            List<String> letters = new ArrayList<>();
            each.path("options").path("strings").forEach(letter -> letters.add(letter.asString()));
            Optional<String> found = ChoiceExtractor.extract(answer, letters).map(Extraction::content);
            return expected.isEmpty()
                    ? found.isEmpty()
                    : found.equals(Optional.of(expected.get(1).asString()));
        }
        Grade grade = TEXTS.grade(each.path("gold").asString(), answer, contract(each.path("options")));
        return grade.isYes() == expected.asBoolean();
    }

    /** What the options of a case say about the form of the answer. */
    private static AnswerContract contract(JsonNode options) {
        AnswerContract contract = AnswerContract.ANY;
        if (options.has("float_rounding")) {
            contract = contract.withDecimals(options.path("float_rounding").asInt());
        }
        if (!options.path("strict").asBoolean(true)) {
            contract = contract.withAnyNames();
        }
        // Then only a set may answer a question for a set.
        return options.path("allow_set_relation_comp").asBoolean(true) ? contract : contract.withSetNotation();
    }

    @Test
    void agrees_with_at_least_27_of_the_nemo_pairs_and_accepts_none_falsely() throws IOException {
        int agreed = 0;
        for (JsonNode pair : cases("nemo_math_equal_pairs.json")) {
            Grade grade = grade(pair);
            boolean equal = pair.path("equal").asBoolean();
            assertThat(grade.isYes() && !equal).as(pair.path("id").asString()).isFalse();
            agreed += grade.isYes() == equal ? 1 : 0;
        }
        assertThat(agreed).isGreaterThanOrEqualTo(27);
    }

    @Test
    void accepts_none_of_the_uncontested_unequal_pairs_of_hendrycks() throws IOException {
        for (JsonNode pair : cases("hendrycks_is_equiv_pairs.json")) {
            if (!pair.path("contested").asBoolean()) {
                assertThat(grade(pair).isYes())
                        .as(pair.path("id").asString())
                        .isEqualTo(pair.path("equal").asBoolean());
            }
        }
    }

    private static Grade grade(JsonNode pair) {
        return ANSWERS.grade(pair.path("a").asString(""), pair.path("b").asString(""), AnswerContract.ANY);
    }

    @Test
    void gives_the_same_verdict_with_the_sides_swapped() throws IOException {
        for (JsonNode each : cases("math_verify_cases.json")) {
            String gold = each.path("gold").asString("");
            String answer = each.path("answer").asString("");
            assertThat(TEXTS.grade(gold, answer, AnswerContract.ANY).isYes())
                    .as(each.path("id").asString())
                    .isEqualTo(new AnswerGrader(ExtractionPolicy.LENIENT, ExtractionPolicy.GOLD)
                            .grade(answer, gold, AnswerContract.ANY)
                            .isYes());
        }
    }

    @Test
    void accepts_no_gold_whose_last_number_was_raised_by_one() throws IOException {
        int perturbed = 0;
        for (JsonNode each : cases("math_verify_cases.json")) {
            String gold = TEXTS.grade(each.path("gold").asString(""), "0", AnswerContract.ANY)
                    .gold()
                    .map(Extraction::content)
                    .orElse("");
            Optional<String> other = raised(gold);
            if (other.isPresent()) {
                perturbed++;
                assertThat(TEXTS.grade("\\boxed{" + gold + "}", "\\boxed{" + other.get() + "}", AnswerContract.ANY)
                                .isYes())
                        .as(gold + " against " + other.get())
                        .isFalse();
            }
        }
        assertThat(perturbed).isGreaterThan(150);
    }

    /** The text with its last run of digits raised by one; an index or a base that is 1 short of the next would be none. */
    private static Optional<String> raised(String text) {
        int end = text.length();
        while (end > 0 && !Character.isDigit(text.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && Character.isDigit(text.charAt(start - 1))) {
            start--;
        }
        if (start == end || end - start > 15) {
            return Optional.empty();
        }
        long raised = Long.parseLong(text.substring(start, end)) + 1;
        return Optional.of(text.substring(0, start) + raised + text.substring(end));
    }
}
