package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.FloatFormats;
import dev.goldline.modelruntime.kernels.PackedMatrix;

/** Token embeddings, row-major, held in the format of the weights. */
final class EmbeddingTable {
    private final int width;
    private final float[] floats;
    private final short[] halves;

    EmbeddingTable(float[] values, int width, PackedMatrix.Format format) {
        this.width = width;
        boolean narrow = format == PackedMatrix.Format.BF16;
        floats = narrow ? new float[0] : values;
        halves = new short[narrow ? values.length : 0];
        for (int i = 0; i < halves.length; i++) {
            halves[i] = FloatFormats.toBf16(values[i]);
        }
    }

    void row(int id, float[] out, int at) {
        if (floats.length > 0) {
            System.arraycopy(floats, id * width, out, at, width);
        } else {
            for (int i = 0; i < width; i++) {
                out[at + i] = FloatFormats.fromBf16(halves[id * width + i]);
            }
        }
    }

    long bytes() {
        return 4L * floats.length + 2L * halves.length;
    }
}
