package dev.goldline.modelruntime.checkpoint;

import java.util.List;

/**
 * One tensor of a safetensors file.
 *
 * @param dtype element type as the file names it; {@link DType} holds those that can be read
 * @param shape row-major, empty for a scalar
 * @param offset of the first byte, in the file
 * @param bytes length of the data
 */
public record TensorEntry(String name, String dtype, List<Long> shape, long offset, long bytes) {
    /** Number of elements. */
    public long elements() {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        return count;
    }
}
