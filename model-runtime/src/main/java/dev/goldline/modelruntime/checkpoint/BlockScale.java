package dev.goldline.modelruntime.checkpoint;

/** Block scales of fp8 weights: every {@code blockRows x blockColumns} block of a matrix has one factor. */
final class BlockScale {
    private BlockScale() {}

    /**
     * Multiplies in place; blocks at the lower and right edge may be partial.
     *
     * @param values {@code [rows, columns]}
     * @param scales {@code [ceil(rows / blockRows), ceil(columns / blockColumns)]}
     */
    static void multiply(float[] values, int rows, int columns, float[] scales, int blockRows, int blockColumns) {
        int scaleColumns = Math.ceilDiv(columns, blockColumns);
        for (int row = 0; row < rows; row++) {
            int scaleRow = row / blockRows * scaleColumns;
            for (int column = 0; column < columns; column++) {
                values[row * columns + column] *= scales[scaleRow + column / blockColumns];
            }
        }
    }
}
