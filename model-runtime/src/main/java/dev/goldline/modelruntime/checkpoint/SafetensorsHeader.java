package dev.goldline.modelruntime.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The JSON header of a safetensors file: {@code {"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [from,
 * to]}, ..., "__metadata__": {...}}}. Offsets count from the end of the header. Tensors must cover the data exactly:
 * no overlap, no hole, nothing left over.
 */
final class SafetensorsHeader {
    private static final String METADATA = "__metadata__";
    private static final int MAX_DIMENSIONS = 16;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final long dataStart;
    private final long dataBytes;
    private final Map<String, TensorEntry> tensors = new LinkedHashMap<>();

    private SafetensorsHeader(Path file, long dataStart, long dataBytes) {
        this.file = file;
        this.dataStart = dataStart;
        this.dataBytes = dataBytes;
    }

    static Map<String, TensorEntry> parse(Path file, byte[] header, long fileBytes) {
        long dataStart = Long.BYTES + header.length;
        SafetensorsHeader parsed = new SafetensorsHeader(file, dataStart, fileBytes - dataStart);
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), header)) {
            parsed.object(json);
        } catch (JacksonException e) {
            throw new CheckpointException(file + ": header is not valid JSON: " + e.getOriginalMessage(), e);
        }
        parsed.checkCoverage();
        return Collections.unmodifiableMap(parsed.tensors);
    }

    private void object(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw refused("header", "must be a JSON object");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals(METADATA)) {
                json.skipChildren();
            } else if (value == JsonToken.START_OBJECT) {
                tensors.put(name, tensor(name, json));
            } else {
                throw refused("tensor " + shown(name), "must be described by an object");
            }
        }
        if (json.nextToken() != null) {
            throw refused("header", "has more after its object");
        }
    }

    private TensorEntry tensor(String name, JsonParser json) {
        String what = "tensor " + shown(name);
        String dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = json.currentName();
            JsonToken value = json.nextToken();
            switch (key) {
                case "dtype" -> {
                    if (value != JsonToken.VALUE_STRING) {
                        throw refused(what, "dtype must be a text");
                    }
                    dtype = json.getString();
                }
                case "shape" -> shape = counts(what, key, json, value);
                case "data_offsets" -> offsets = counts(what, key, json, value);
                default -> json.skipChildren();
            }
        }
        if (dtype == null || shape == null || offsets == null) {
            String missing = dtype == null ? "dtype" : shape == null ? "shape" : "data_offsets";
            throw refused(what, missing + " is missing");
        }
        return entry(name, dtype, shape, offsets);
    }

    private List<Long> counts(String what, String key, JsonParser json, @Nullable JsonToken start) {
        if (start != JsonToken.START_ARRAY) {
            throw refused(what, key + " must be a list of whole numbers");
        }
        List<Long> values = new ArrayList<>();
        while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
            long value = json.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : json.getLongValue();
            if (value < 0) {
                throw refused(what, key + " has " + shown(json.getString()) + ", which is negative or past 2^63");
            }
            if (values.size() == MAX_DIMENSIONS) {
                throw refused(what, key + " has more than " + MAX_DIMENSIONS + " entries");
            }
            values.add(value);
        }
        if (json.currentToken() != JsonToken.END_ARRAY) {
            throw refused(what, key + " must be a list of whole numbers");
        }
        return List.copyOf(values);
    }

    private TensorEntry entry(String name, String dtype, List<Long> shape, List<Long> offsets) {
        String what = "tensor " + shown(name);
        if (offsets.size() != 2) {
            throw refused(what, "data_offsets has " + offsets.size() + " entries, 2 are expected");
        }
        long from = offsets.get(0);
        long to = offsets.get(1);
        if (from > to) {
            throw refused(what, "data_offsets " + offsets + " run backwards");
        }
        if (to > dataBytes) {
            throw refused(
                    what,
                    "data_offsets " + offsets + " end past the " + dataBytes
                            + " bytes of data; the file is truncated, copy it again");
        }
        Optional<DType> type = DType.named(dtype);
        long bytes = bytesOf(what, shape, type.map(DType::bytes).orElse(1));
        if (type.isPresent() && bytes != to - from) {
            throw refused(
                    what,
                    dtype + " " + shape + " takes " + bytes + " bytes but data_offsets " + offsets + " hold "
                            + (to - from));
        }
        return new TensorEntry(name, dtype, shape, dataStart + from, to - from);
    }

    private long bytesOf(String what, List<Long> shape, int elementBytes) {
        try {
            long bytes = elementBytes;
            // A zero anywhere makes the product zero, but the other sizes must still be sound.
            boolean empty = false;
            for (long size : shape) {
                empty |= size == 0;
                bytes = Math.multiplyExact(bytes, Math.max(size, 1));
            }
            return empty ? 0 : bytes;
        } catch (ArithmeticException e) {
            throw new CheckpointException(file + ": " + what + ": shape " + shape + " overflows 64 bits", e);
        }
    }

    private void checkCoverage() {
        List<TensorEntry> inOrder = new ArrayList<>(tensors.values());
        inOrder.sort(Comparator.comparingLong(TensorEntry::offset).thenComparingLong(TensorEntry::bytes));
        long end = dataStart;
        String before = "the header";
        for (TensorEntry tensor : inOrder) {
            String what = "tensor " + shown(tensor.name());
            if (tensor.offset() < end) {
                throw refused(what, "overlaps " + before + " by " + (end - tensor.offset()) + " bytes");
            }
            if (tensor.offset() > end) {
                throw refused(what, (tensor.offset() - end) + " bytes before it belong to no tensor");
            }
            end = tensor.offset() + tensor.bytes();
            before = what;
        }
        if (end != dataStart + dataBytes) {
            throw refused("data", (dataStart + dataBytes - end) + " bytes after " + before + " belong to no tensor");
        }
    }

    private CheckpointException refused(String what, String why) {
        return new CheckpointException(file + ": " + what + ": " + why);
    }

    private static String shown(String text) {
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }
}
