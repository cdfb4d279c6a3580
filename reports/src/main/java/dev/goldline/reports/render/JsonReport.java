package dev.goldline.reports.render;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.goldline.reports.Report;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A report as JSON: every figure, with its n and interval. */
public final class JsonReport {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private JsonReport() {}

    public static String render(Report report) {
        // As bytes, for only that way half a surrogate pair in a name is escaped.
        return new String(MAPPER.writeValueAsBytes(report), UTF_8) + "\n";
    }

    /**
     * Reads a report back.
     *
     * @throws tools.jackson.core.JacksonException if it is none
     */
    public static Report parse(String json) {
        return MAPPER.readValue(json, Report.class);
    }
}
