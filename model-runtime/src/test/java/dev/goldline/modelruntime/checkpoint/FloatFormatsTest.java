package dev.goldline.modelruntime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatFormatsTest {
    @ParameterizedTest
    @CsvSource({
        "0x01, 0.001953125",
        "0x07, 0.013671875",
        "0x08, 0.015625",
        "0x38, 1",
        "0x3C, 1.5",
        "0x7E, 448",
        "0x80, -0.0",
        "0xFE, -448"
    })
    void reads_e4m3(String bits, float value) {
        assertThat(FloatFormats.fromE4m3((byte) (int) Integer.decode(bits))).isEqualTo(value);
    }

    @Test
    void two_e4m3_codes_are_no_numbers() {
        assertThat(FloatFormats.fromE4m3((byte) 0x7F)).isNaN();
        assertThat(FloatFormats.fromE4m3((byte) 0xFF)).isNaN();
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0.3125", "1.0625, 1", "300, 288", "447.9, 448", "0.0009765625, 0", "1e9, 448", "-17, -16"})
    void rounds_to_the_nearest_e4m3_ties_to_even(float value, float rounded) {
        assertThat(FloatFormats.fromE4m3(FloatFormats.toE4m3(value))).isEqualTo(rounded);
    }

    @Test
    void every_e4m3_code_survives_a_round_trip() {
        for (int bits = 0; bits < 256; bits++) {
            if ((bits & 0x7F) != 0x7F) {
                assertThat(FloatFormats.toE4m3(FloatFormats.fromE4m3((byte) bits)))
                        .isEqualTo((byte) bits);
            }
        }
    }

    @Test
    void every_bf16_code_survives_a_round_trip() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = FloatFormats.fromBf16((short) bits);
            if (Float.isNaN(value)) {
                assertThat(FloatFormats.fromBf16(FloatFormats.toBf16(value))).isNaN();
            } else {
                assertThat(FloatFormats.toBf16(value)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void rounds_to_the_nearest_bf16_ties_to_even() {
        assertThat(FloatFormats.fromBf16(FloatFormats.toBf16(1f + 0x1p-8f))).isEqualTo(1f);
        assertThat(FloatFormats.fromBf16(FloatFormats.toBf16(1f + 0x1.8p-7f))).isEqualTo(1f + 0x1p-6f);
        assertThat(FloatFormats.fromBf16(FloatFormats.toBf16(1f + 0x1.02p-8f))).isEqualTo(1f + 0x1p-7f);
        assertThat(FloatFormats.fromBf16(FloatFormats.toBf16(Float.MAX_VALUE))).isInfinite();
    }
}
