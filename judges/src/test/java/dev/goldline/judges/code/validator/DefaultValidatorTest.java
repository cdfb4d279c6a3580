package dev.goldline.judges.code.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DefaultValidatorTest {
    private static Comparison compare(List<String> arguments, byte[] answer, byte[] output) {
        try {
            return DefaultValidator.of(arguments)
                    .compare(new ByteArrayInputStream(output), new ByteArrayInputStream(answer));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean accepts(String arguments, String answer, String output) {
        return compare(
                        arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")),
                        answer.getBytes(StandardCharsets.UTF_8),
                        output.getBytes(StandardCharsets.UTF_8))
                .accepted();
    }

    private static JsonNode conformance(String file) {
        String folder = System.getProperty("goldline.conformance", "");
        assumeFalse(folder.isEmpty(), "skipped: give the folder of the conformance data with -Dgoldline.conformance");
        return JsonMapper.builder()
                .build()
                .readTree(Path.of(folder, "validator", file).toFile())
                .get("cases");
    }

    private static List<String> strings(JsonNode list) {
        List<String> strings = new ArrayList<>();
        list.forEach(item -> strings.add(item.asString()));
        return strings;
    }

    @Test
    void agrees_with_the_public_table_of_869_cases() {
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (JsonNode row : conformance("default_output_validator_cases.json")) {
            Comparison comparison = compare(
                    strings(row.get("flags")),
                    row.get("answer").asString().getBytes(StandardCharsets.UTF_8),
                    row.get("output").asString().getBytes(StandardCharsets.UTF_8));
            count++;
            if (comparison.accepted() != row.get("accept").asBoolean()) {
                wrong.add(row + " " + comparison.message());
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(count).isEqualTo(869);
    }

    @Test
    void agrees_with_the_cases_of_problemtools() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode row : conformance("problemtools_default_validator.json")) {
            Comparison comparison = compare(
                    strings(row.get("args")),
                    row.get("answer").asString().getBytes(StandardCharsets.ISO_8859_1),
                    row.get("output").asString().getBytes(StandardCharsets.ISO_8859_1));
            if (comparison.accepted() != (row.get("exit_code").asInt() == 42)) {
                wrong.add(row + " " + comparison.message());
            }
        }

        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "1.", ".5", "+1.5e-3", "-0", "00012", "1e5", "1.E5", "123456789012345678901234567890.1"})
    void reads_as_a_number(String token) {
        assertThat(Decimal.isDecimal(token.getBytes(StandardCharsets.UTF_8), token.length()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".", "", "+", "-.", "1e", "1e+", "0x1", "inf", "nan", "1e5.0", "1_000", "1,5", "--1", "e5", "1 "
            })
    void does_not_read_as_a_number(String token) {
        assertThat(Decimal.isDecimal(token.getBytes(StandardCharsets.UTF_8), token.length()))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "float_absolute_tolerance 0.1, 1, 1.1, true",
        "float_absolute_tolerance 0.1, 1, 1.10000000000000000000000000001, false",
        "float_absolute_tolerance 0.1, 0.3, 0.2, true",
        "float_absolute_tolerance 1e-9, 1000000000, 1000000000.000000001, true",
        "float_absolute_tolerance 1e-9, 1000000000, 1000000000.0000000010000001, false",
        "float_relative_tolerance 1e-6, 1e300, 1.000001e300, true",
        "float_relative_tolerance 1e-6, 1e300, 1.0000011e300, false",
        "float_relative_tolerance 0.5, 0, 0.0, true",
        "float_relative_tolerance 0.5, 0, 1e-4000, false",
        "float_tolerance 0, 0, 1e-4000, false",
        "float_tolerance 0, 1e-4000, 10e-4001, true",
        "float_absolute_tolerance 1, 1e-4000, 0, true",
        "float_absolute_tolerance 1, 1, 2e-999999999999999999, true",
        "float_absolute_tolerance 1, 1, -2e-999999999999999999, false",
        "float_relative_tolerance 1, 1e500000000, 1, true",
        "float_relative_tolerance 0.9, 1e500000000, 1, false",
        "float_relative_tolerance 1, 1e500000000, -1, false",
        "float_tolerance 0.5, inf, INF, true",
        "float_tolerance 0.5, abc, 1, false",
        "float_tolerance 0.5, 1, 0x1, false",
        "'', 1, 1.0, false",
        "'', 'Yes no', 'yES NO', true",
        "case_sensitive, Yes, yes, false",
        "space_change_sensitive, 'a b', 'a  b', false",
        "space_change_sensitive, 'a b', 'A b', true"
    })
    void compares(String arguments, String answer, String output, boolean accepted) {
        assertThat(accepts(arguments, answer, output)).isEqualTo(accepted);
    }

    @Test
    void compares_numbers_of_many_digits_in_bounded_time() {
        String digits = "7".repeat(2_000_000);

        assertThat(accepts("float_relative_tolerance 1e-9", digits + ".5", digits))
                .isTrue();
        assertThat(accepts("float_relative_tolerance 1e-9", digits, digits + "7"))
                .isFalse();
    }

    @Test
    void stops_at_no_byte_but_whitespace() {
        assertThat(accepts("", "a", "a\0")).isFalse();
        assertThat(accepts("", "a\u00a0b", "a b")).isFalse();
        assertThat(accepts("", "a b", "\u000b a\f\r\n b \t")).isTrue();
    }

    @Test
    void says_where_the_first_difference_is() {
        Comparison comparison = compare(
                List.of(),
                "1 2\n3 4\n".getBytes(StandardCharsets.UTF_8),
                "1 2\n3 5\n".getBytes(StandardCharsets.UTF_8));

        assertThat(comparison.message()).isEqualTo("token 4 (line 2): expected '4', found '5'");
    }

    @ParameterizedTest
    @CsvSource({
        "float_tolerance 1e-6 float_tolerance 1e-6, given twice",
        "float_tolerance 1e-6 float_absolute_tolerance 1, give it alone",
        "float_tolerance, lacks its number",
        "float_tolerance -1, at least 0",
        "float_tolerance inf, at least 0",
        "float_tolerances 1, is unknown",
        "1e-6, is unknown"
    })
    void refuses_arguments_that_make_no_sense(String arguments, String complaint) {
        assertThatThrownBy(() -> DefaultValidator.of(List.of(arguments.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }
}
