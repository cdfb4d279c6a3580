package dev.goldline.modelruntime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    @Test
    void reads_what_was_written() throws IOException {
        float[] values = {1, -0.5f, 3.25f, 1e-3f, 7, -2};
        Path file = folder.resolve("x.safetensors");
        new SafetensorsWriter()
                .add("wide", DType.F32, values, 2, 3)
                .add("half", DType.F16, new float[] {0.5f, -2}, 2)
                .add("brain", DType.BF16, new float[] {1.5f}, 1, 1)
                .add("eight", DType.F8_E4M3, new float[] {448, -1.5f, 0}, 3)
                .add("ids", new int[] {-1, 1 << 30}, 1, 2)
                .add("scalar", DType.F32, new float[] {9})
                .add("empty", DType.F32, new float[0], 0, 5)
                .write(file);
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            assertThat(tensors.floats(tensors.require("wide"))).containsExactly(values);
            assertThat(tensors.require("wide").shape()).containsExactly(2L, 3L);
            assertThat(tensors.floats(tensors.require("half"))).containsExactly(0.5f, -2);
            assertThat(tensors.floats(tensors.require("brain"))).containsExactly(1.5f);
            assertThat(tensors.floats(tensors.require("eight"))).containsExactly(448, -1.5f, 0);
            assertThat(tensors.ints(tensors.require("ids"))).containsExactly(-1, 1 << 30);
            assertThat(tensors.floats(tensors.require("scalar"))).containsExactly(9);
            assertThat(tensors.floats(tensors.require("empty"))).isEmpty();
        }
    }

    @Test
    void the_same_tensors_give_the_same_bytes() throws IOException {
        Path first = folder.resolve("a");
        Path second = folder.resolve("b");
        new SafetensorsWriter().add("x", DType.BF16, new float[] {1, 2}, 2).write(first);
        new SafetensorsWriter().add("x", DType.BF16, new float[] {1, 2}, 2).write(second);
        assertThat(first).hasSameBinaryContentAs(second);
    }

    @Test
    void reads_more_than_a_buffer() throws IOException {
        float[] values = new float[100_001];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        Path file = folder.resolve("x");
        new SafetensorsWriter()
                .add("a", DType.F8_E4M3, new float[3], 3)
                .add("x", DType.F32, values, values.length)
                .write(file);
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            assertThat(tensors.floats(tensors.require("x"))).containsExactly(values);
        }
    }

    @Test
    void an_unknown_type_is_refused_only_when_it_is_read() throws IOException {
        Path file = raw("{\"x\":{\"dtype\":\"F4\",\"shape\":[4],\"data_offsets\":[0,2]}}", 2);
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            assertThatThrownBy(() -> tensors.floats(tensors.require("x")))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("tensor x has dtype F4, which cannot be read");
        }
    }

    @Test
    void a_missing_file_and_a_missing_tensor_are_named() throws IOException {
        assertThatThrownBy(() -> SafetensorsFile.open(folder.resolve("none")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("none: no such file");
        try (SafetensorsFile tensors = SafetensorsFile.open(raw("{}", 0))) {
            assertThatThrownBy(() -> tensors.require("x")).hasMessageContaining("no tensor x");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "header-defects.csv", delimiter = ';', quoteCharacter = '\'', maxCharsPerColumn = 10000)
    void refuses_a_defective_header(String defect, String header, int dataBytes, String message) throws IOException {
        assertThatThrownBy(() -> SafetensorsFile.open(raw(header, dataBytes)).close())
                .as(defect)
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("x.safetensors: ")
                .hasMessageContaining(message);
    }

    @Test
    void refuses_lengths_that_the_file_does_not_have() throws IOException {
        refuses(new byte[0], "0 bytes; a safetensors file starts with 8 bytes");
        refuses(new byte[7], "7 bytes");
        refuses(length(-1), "header length 18446744073709551615");
        refuses(length(Long.MAX_VALUE), "at most 100000000 bytes are allowed");
        refuses(length(100_000_001), "header length 100000001");
        refuses(length(64), "header length 64 but only 0 bytes follow; the file is truncated");
    }

    @Test
    void refuses_a_header_that_is_nested_without_end() throws IOException {
        String deep = "{\"x\":" + "[".repeat(5000) + "]".repeat(5000) + "}";
        assertThatThrownBy(() -> SafetensorsFile.open(raw(deep, 0)).close()).isInstanceOf(CheckpointException.class);
        String hidden = "{\"__metadata__\":" + "{\"a\":".repeat(5000) + "1" + "}".repeat(5000) + "}";
        assertThatThrownBy(() -> SafetensorsFile.open(raw(hidden, 0)).close()).isInstanceOf(CheckpointException.class);
    }

    @Test
    void damaged_files_never_do_worse_than_be_refused() throws IOException {
        Path file = folder.resolve("sound");
        new SafetensorsWriter()
                .add("a", DType.F32, new float[] {1, 2, 3, 4}, 2, 2)
                .add("b", DType.F8_E4M3, new float[] {1, 2}, 2)
                .write(file);
        byte[] sound = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(7);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] damaged =
                    random.nextInt(3) == 0 ? Arrays.copyOf(sound, random.nextInt(sound.length)) : sound.clone();
            for (int change = 0; change <= random.nextInt(4) && damaged.length > 0; change++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try (SafetensorsFile tensors = SafetensorsFile.open(written(damaged))) {
                for (TensorEntry tensor : tensors.tensors().values()) {
                    if (DType.named(tensor.dtype()).map(DType::isFloat).orElse(false)) {
                        tensors.floats(tensor);
                    }
                }
            } catch (CheckpointException expected) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(250);
    }

    private void refuses(byte[] content, String message) throws IOException {
        Path file = written(content);
        assertThatThrownBy(() -> SafetensorsFile.open(file).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
    }

    private static byte[] length(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private Path raw(String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        return written(ByteBuffer.allocate(8 + text.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array());
    }

    private Path written(byte[] content) throws IOException {
        return Files.write(folder.resolve("x.safetensors"), content);
    }
}
