package dev.goldline.modelruntime.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/**
 * One safetensors file, memory-mapped: an unsigned 64-bit little-endian header length, a JSON header, then raw
 * little-endian data that the tensors cover exactly. The header is checked whole before any tensor is read. May be read
 * by many threads; after {@link #close} reading throws {@link IllegalStateException}.
 */
public final class SafetensorsFile implements AutoCloseable {
    /** A header longer than this is refused, as the format's own reader does. */
    static final long MAX_HEADER_BYTES = 100_000_000;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final Arena arena;
    private final MemorySegment data;
    private final Map<String, TensorEntry> tensors;

    private SafetensorsFile(Path file, Arena arena, MemorySegment data, Map<String, TensorEntry> tensors) {
        this.file = file;
        this.arena = arena;
        this.data = data;
        this.tensors = tensors;
    }

    /**
     * Maps a file and checks its header.
     *
     * @throws CheckpointException if the file cannot be opened, or its header is not sound
     */
    public static SafetensorsFile open(Path file) {
        Arena arena = Arena.ofShared();
        boolean opened = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < Long.BYTES) {
                throw new CheckpointException(file + ": " + size + " bytes; a safetensors file starts with 8 bytes "
                        + "of header length; copy it again");
            }
            MemorySegment data = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena);
            SafetensorsFile result = new SafetensorsFile(
                    file, arena, data, SafetensorsHeader.parse(file, header(file, data, size), size));
            opened = true;
            return result;
        } catch (NoSuchFileException e) {
            throw new CheckpointException(file + ": no such file", e);
        } catch (IOException e) {
            throw new CheckpointException(file + ": cannot be read: " + e, e);
        } finally {
            if (!opened) {
                arena.close();
            }
        }
    }

    private static byte[] header(Path file, MemorySegment data, long size) {
        long length = data.get(LONG, 0);
        if (length < 0 || length > MAX_HEADER_BYTES) {
            throw new CheckpointException(file + ": header length " + Long.toUnsignedString(length) + ": at most "
                    + MAX_HEADER_BYTES + " bytes are allowed; this is not a safetensors file");
        }
        if (length > size - Long.BYTES) {
            throw new CheckpointException(file + ": header length " + length + " but only " + (size - Long.BYTES)
                    + " bytes follow; the file is truncated, copy it again");
        }
        return data.asSlice(Long.BYTES, length).toArray(ValueLayout.JAVA_BYTE);
    }

    public Path path() {
        return file;
    }

    /** Every tensor by name, in the order of the header. */
    public Map<String, TensorEntry> tensors() {
        return tensors;
    }

    /** The tensor of this name, or nothing. */
    public Optional<TensorEntry> tensor(String name) {
        return Optional.ofNullable(tensors.get(name));
    }

    /** The tensor of this name; {@link CheckpointException} where there is none. */
    public TensorEntry require(String name) {
        return tensor(name).orElseThrow(() -> new CheckpointException(file + ": no tensor " + name));
    }

    /** The tensor's elements as fp32, row-major, without any block scale. */
    public float[] floats(TensorEntry tensor) {
        DType type = readable(tensor);
        float[] values = new float[arrayLength(tensor)];
        long at = tensor.offset();
        switch (type) {
            case F32 -> MemorySegment.copy(data, FLOAT, at, values, 0, values.length);
            case F16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.float16ToFloat(data.get(SHORT, at + 2L * i));
                }
            }
            case BF16 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = FloatFormats.fromBf16(data.get(SHORT, at + 2L * i));
                }
            }
            case F8_E4M3 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = FloatFormats.fromE4m3(data.get(ValueLayout.JAVA_BYTE, at + i));
                }
            }
            case I32, U8 ->
                throw new CheckpointException(
                        file + ": tensor " + tensor.name() + " is " + type + ": a floating-point type is expected");
        }
        return values;
    }

    /** The tensor's elements as integers, row-major. */
    public int[] ints(TensorEntry tensor) {
        DType type = readable(tensor);
        int[] values = new int[arrayLength(tensor)];
        switch (type) {
            case I32 -> MemorySegment.copy(data, INT, tensor.offset(), values, 0, values.length);
            case U8 -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = data.get(ValueLayout.JAVA_BYTE, tensor.offset() + i) & 0xFF;
                }
            }
            case F32, F16, BF16, F8_E4M3 ->
                throw new CheckpointException(
                        file + ": tensor " + tensor.name() + " is " + type + ": an integer type is expected");
        }
        return values;
    }

    /** The type of a tensor about to be read; types this runtime cannot read are refused. */
    DType readable(TensorEntry tensor) {
        return DType.named(tensor.dtype())
                .orElseThrow(() -> new CheckpointException(file + ": tensor " + tensor.name() + " has dtype "
                        + tensor.dtype() + ", which cannot be read; convert it to F32, BF16, F16 or F8_E4M3"));
    }

    private int arrayLength(TensorEntry tensor) {
        long elements = tensor.elements();
        if (elements > Integer.MAX_VALUE - 8) {
            throw new CheckpointException(file + ": tensor " + tensor.name() + " has " + elements
                    + " elements; at most " + (Integer.MAX_VALUE - 8) + " can be read as one array");
        }
        return (int) elements;
    }

    @Override
    public void close() {
        arena.close();
    }
}
