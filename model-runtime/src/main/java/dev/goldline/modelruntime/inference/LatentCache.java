package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.kernels.PackedMatrix;
import java.util.Arrays;

/**
 * What one layer remembers of the positions so far: the latent with its rotated key part, row by row, and the index
 * key, in blocks of 16 keys with dimensions first. Both live in pages, so that growing copies nothing.
 */
final class LatentCache {
    /** Positions of one page; also the tile of attention over all keys. */
    static final int PAGE = 256;

    private final int width;
    private final int indexDims;
    private float[][] latents = new float[4][];
    private float[][] indexKeys = new float[4][];
    private int pages;

    LatentCache(int width, int indexDims) {
        this.width = width;
        this.indexDims = indexDims;
    }

    /** Floats of one position's row: the latent, then the rotated part. */
    int width() {
        return width;
    }

    /** Makes room for a position. */
    void reserve(int position) {
        while (pages * PAGE <= position) {
            if (pages == latents.length) {
                latents = Arrays.copyOf(latents, 2 * pages);
                indexKeys = Arrays.copyOf(indexKeys, 2 * pages);
            }
            latents[pages] = new float[PAGE * width];
            indexKeys[pages] = new float[PAGE * indexDims];
            pages++;
        }
    }

    /** Rows {@code [PAGE, width]} of the page that holds a position. */
    float[] latentPage(int position) {
        return latents[position / PAGE];
    }

    /** Where a position's row starts within its page. */
    int latentAt(int position) {
        return position % PAGE * width;
    }

    /** Blocks {@code [PAGE / 16, indexDims, 16]} of the page that holds a position. */
    float[] indexPage(int position) {
        return indexKeys[position / PAGE];
    }

    /** Stores a position's index key. */
    void putIndexKey(int position, float[] key, int at) {
        float[] page = indexPage(position);
        int slot = position % PAGE;
        int to = slot / PackedMatrix.BLOCK * indexDims * PackedMatrix.BLOCK + slot % PackedMatrix.BLOCK;
        for (int d = 0; d < indexDims; d++) {
            page[to + d * PackedMatrix.BLOCK] = key[at + d];
        }
    }

    /** Copies the rows of some positions side by side. */
    void gather(int[] positions, int from, int count, float[] rows) {
        for (int i = 0; i < count; i++) {
            int position = positions[from + i];
            System.arraycopy(latentPage(position), latentAt(position), rows, i * width, width);
        }
    }
}
