package dev.goldline.modelruntime.kernels;

import dev.goldline.modelruntime.checkpoint.FloatFormats;

/**
 * A matrix laid out for {@link Kernels#multiply}: rows in blocks of {@value #BLOCK}, column by column within a block,
 * so that one weight vector holds {@value #BLOCK} rows of one column. A product then reads memory as one stream and
 * needs no sum across lanes. Rows past the last are zero.
 */
public sealed interface PackedMatrix {
    /** Rows of one block, whatever the machine's vectors hold. */
    int BLOCK = 16;

    int rows();

    int columns();

    /** Bytes held. */
    long bytes();

    /** Element at {@code (row, column)}, for checks and single look-ups. */
    float get(int row, int column);

    /** How a matrix is held in memory. */
    enum Format {
        FP32,
        /** Half the memory and bandwidth; values are rounded to nearest, ties to even. */
        BF16
    }

    /** @param data {@code [ceil(rows / 16), columns, 16]} */
    record Fp32(int rows, int columns, float[] data) implements PackedMatrix {
        @Override
        public long bytes() {
            return 4L * data.length;
        }

        @Override
        public float get(int row, int column) {
            return data[index(row, column, columns)];
        }
    }

    /** @param data bf16 bits, {@code [ceil(rows / 16), columns, 16]} */
    record Bf16(int rows, int columns, short[] data) implements PackedMatrix {
        @Override
        public long bytes() {
            return 2L * data.length;
        }

        @Override
        public float get(int row, int column) {
            return FloatFormats.fromBf16(data[index(row, column, columns)]);
        }
    }

    /** Elements of a packed matrix of these sides. */
    static int packedLength(int rows, int columns) {
        return Math.toIntExact((long) Math.ceilDiv(rows, BLOCK) * columns * BLOCK);
    }

    private static int index(int row, int column, int columns) {
        return (row / BLOCK * columns + column) * BLOCK + row % BLOCK;
    }

    /** Packs a row-major matrix. */
    static PackedMatrix pack(float[] values, int rows, int columns, Format format) {
        return pack(values, 0, columns, 1, rows, columns, format);
    }

    /**
     * Packs part of an array: element {@code (row, column)} is {@code values[at + row * rowStride + column *
     * columnStride]}.
     */
    static PackedMatrix pack(
            float[] values, int at, int rowStride, int columnStride, int rows, int columns, Format format) {
        int length = packedLength(rows, columns);
        return switch (format) {
            case FP32 -> {
                float[] data = new float[length];
                for (int row = 0; row < rows; row++) {
                    for (int column = 0; column < columns; column++) {
                        data[index(row, column, columns)] = values[at + row * rowStride + column * columnStride];
                    }
                }
                yield new Fp32(rows, columns, data);
            }
            case BF16 -> {
                short[] data = new short[length];
                for (int row = 0; row < rows; row++) {
                    for (int column = 0; column < columns; column++) {
                        data[index(row, column, columns)] =
                                FloatFormats.toBf16(values[at + row * rowStride + column * columnStride]);
                    }
                }
                yield new Bf16(rows, columns, data);
            }
        };
    }
}
