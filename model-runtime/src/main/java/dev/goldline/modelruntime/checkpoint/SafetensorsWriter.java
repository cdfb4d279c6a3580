package dev.goldline.modelruntime.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one safetensors file. Tensors are written in the order given; the same tensors give the same bytes. The file
 * appears whole or not at all.
 */
public final class SafetensorsWriter {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ALIGNMENT = 8;

    private final Map<String, Pending> tensors = new LinkedHashMap<>();

    private record Pending(DType dtype, int[] shape, Encoder encoder, long elements) {}

    private interface Encoder {
        void put(ByteBuffer buffer, int index);
    }

    /**
     * Adds a floating-point tensor.
     *
     * @param dtype F32, BF16, F16 (both rounded to nearest, ties to even) or F8_E4M3 (clamped to 448)
     * @param values row-major, not copied: they are read by {@link #write}
     * @param shape its product is the number of values
     */
    public SafetensorsWriter add(String name, DType dtype, float[] values, int... shape) {
        Encoder encoder = switch (dtype) {
            case F32 -> (buffer, i) -> buffer.putFloat(values[i]);
            case BF16 -> (buffer, i) -> buffer.putShort(FloatFormats.toBf16(values[i]));
            case F16 -> (buffer, i) -> buffer.putShort(Float.floatToFloat16(values[i]));
            case F8_E4M3 -> (buffer, i) -> buffer.put(FloatFormats.toE4m3(values[i]));
            case I32, U8 -> throw new IllegalArgumentException(name + ": " + dtype + " holds no fractions");
        };
        return add(name, dtype, encoder, values.length, shape);
    }

    /** Adds an I32 tensor. */
    public SafetensorsWriter add(String name, int[] values, int... shape) {
        return add(name, DType.I32, (buffer, i) -> buffer.putInt(values[i]), values.length, shape);
    }

    private SafetensorsWriter add(String name, DType dtype, Encoder encoder, int length, int... shape) {
        long elements = 1;
        for (int size : shape) {
            elements = Math.multiplyExact(elements, size);
        }
        if (elements != length) {
            throw new IllegalArgumentException(
                    name + ": shape " + Arrays.toString(shape) + " does not hold " + length + " values");
        }
        if (tensors.putIfAbsent(name, new Pending(dtype, shape.clone(), encoder, elements)) != null) {
            throw new IllegalArgumentException(name + ": added twice");
        }
        return this;
    }

    /** Writes the file, replacing one that is there. */
    public void write(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Path partial = Files.createTempFile(directory, file.getFileName().toString(), ".partial");
        try {
            try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
                writeTo(channel);
                channel.force(true);
            }
            Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private void writeTo(FileChannel channel) throws IOException {
        byte[] header = header();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(header.length);
        drain(channel, buffer);
        drain(channel, ByteBuffer.wrap(header).position(header.length));
        for (Pending tensor : tensors.values()) {
            for (int i = 0; i < tensor.elements(); i++) {
                if (buffer.remaining() < Long.BYTES) {
                    drain(channel, buffer);
                }
                tensor.encoder().put(buffer, i);
            }
        }
        drain(channel, buffer);
    }

    private static void drain(FileChannel channel, ByteBuffer buffer) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** The header, padded with spaces so that the data starts on an 8-byte boundary. */
    private byte[] header() {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode root = json.createObjectNode();
        root.putObject("__metadata__").put("format", "pt");
        long offset = 0;
        for (Map.Entry<String, Pending> entry : tensors.entrySet()) {
            Pending tensor = entry.getValue();
            ObjectNode node = root.putObject(entry.getKey());
            node.put("dtype", tensor.dtype().name());
            ArrayNode shape = node.putArray("shape");
            for (int size : tensor.shape()) {
                shape.add(size);
            }
            long end = offset + tensor.elements() * tensor.dtype().bytes();
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] text = root.toString().getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, Math.ceilDiv(text.length, ALIGNMENT) * ALIGNMENT);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }
}
