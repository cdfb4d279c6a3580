package dev.goldline.reports.render;

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
        return MAPPER.writeValueAsString(report) + "\n";
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
