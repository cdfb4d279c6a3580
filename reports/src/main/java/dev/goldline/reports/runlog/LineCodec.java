package dev.goldline.reports.runlog;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * One attempt as one line: {@code {"crc32c":"xxxxxxxx","key":…}} and a line feed. The checksum is over every byte after
 * the comma that follows it, up to the line feed, so it can be checked without parsing, and the line is plain JSON.
 */
final class LineCodec {
    /** Longest line, in bytes. A thought of a million tokens takes about a tenth of this. */
    static final int MAX_LINE_BYTES = 64 << 20;

    private static final byte[] OPEN = "{\"crc32c\":\"".getBytes(ISO_8859_1);
    private static final int HEX_DIGITS = 8;
    /** Where the comma after the checksum is. */
    private static final int COMMA = OPEN.length + HEX_DIGITS + 1;

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(MAX_LINE_BYTES)
                            .build())
                    .build())
            .enable(
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectWriter WRITER = MAPPER.writerFor(AttemptRecord.class);

    private LineCodec() {}

    /** What a resumed run needs of a line. */
    record Head(AttemptKey key, Outcome outcome) {}

    /** The line, with its line feed. */
    static byte[] encode(AttemptRecord attempt) throws RunLogException {
        byte[] line = frame(WRITER.writeValueAsBytes(attempt));
        if (line.length > MAX_LINE_BYTES) {
            throw new RunLogException("attempt " + attempt.key() + " takes " + line.length + " bytes; a line holds "
                    + MAX_LINE_BYTES + ": lower the output limit");
        }
        return line;
    }

    /** A JSON object as a line with its checksum and its line feed. */
    static byte[] frame(byte[] json) {
        byte[] line = new byte[COMMA + json.length + 1];
        System.arraycopy(json, 0, line, COMMA, json.length);
        line[line.length - 1] = '\n';
        byte[] hex = hex(checksum(line, 0, line.length - 1));
        System.arraycopy(OPEN, 0, line, 0, OPEN.length);
        System.arraycopy(hex, 0, line, OPEN.length, HEX_DIGITS);
        line[COMMA - 1] = '"';
        line[COMMA] = ',';
        return line;
    }

    /**
     * What is wrong with the line's frame; empty if its checksum holds.
     *
     * @param length of the line without its line feed
     */
    static Optional<String> damage(byte[] buffer, int start, int length) {
        if (length < COMMA + 2 || !framed(buffer, start)) {
            return Optional.of("it does not begin with {\"crc32c\":\"xxxxxxxx\",");
        }
        String found = new String(buffer, start + OPEN.length, HEX_DIGITS, ISO_8859_1);
        String expected = new String(hex(checksum(buffer, start, length)), ISO_8859_1);
        return found.equals(expected)
                ? Optional.empty()
                : Optional.of("its checksum is " + found + ", its content has " + expected);
    }

    private static boolean framed(byte[] buffer, int start) {
        for (int i = 0; i < OPEN.length; i++) {
            if (buffer[start + i] != OPEN[i]) {
                return false;
            }
        }
        return buffer[start + COMMA - 1] == '"' && buffer[start + COMMA] == ',';
    }

    /**
     * Parses a line whose checksum holds.
     *
     * @throws JacksonException if it is no JSON
     * @throws IllegalArgumentException if it is no attempt of this schema
     */
    static AttemptRecord decode(byte[] buffer, int start, int length) {
        try (JsonParser parser = MAPPER.createParser(withoutChecksum(buffer, start), start + COMMA, length - COMMA)) {
            return new AttemptParser(parser).attempt();
        }
    }

    /** Parses no more of a line than its key and its verdict; throws as {@link #decode} does. */
    static Head decodeHead(byte[] buffer, int start, int length) {
        try (JsonParser parser = MAPPER.createParser(withoutChecksum(buffer, start), start + COMMA, length - COMMA)) {
            return new AttemptParser(parser).head();
        }
    }

    /** Parses a line whose checksum holds into a tree; throws {@link JacksonException} if it is no JSON. */
    static JsonNode tree(byte[] buffer, int start, int length) {
        return MAPPER.readTree(withoutChecksum(buffer, start), start + COMMA, length - COMMA);
    }

    /** Turns the comma after the checksum into the brace that opens the rest. */
    private static byte[] withoutChecksum(byte[] buffer, int start) {
        buffer[start + COMMA] = '{';
        return buffer;
    }

    private static int checksum(byte[] buffer, int start, int length) {
        CRC32C crc = new CRC32C();
        crc.update(buffer, start + COMMA + 1, length - COMMA - 1);
        return (int) crc.getValue();
    }

    private static byte[] hex(int value) {
        byte[] digits = new byte[HEX_DIGITS];
        for (int i = 0; i < HEX_DIGITS; i++) {
            digits[i] = (byte) Character.forDigit((value >>> (28 - 4 * i)) & 0xf, 16);
        }
        return digits;
    }
}
