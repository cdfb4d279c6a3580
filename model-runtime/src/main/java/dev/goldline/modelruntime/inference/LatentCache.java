package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.kernels.PackedMatrix;
import java.util.Arrays;

/**
 * What one layer remembers of the positions so far: the latent with its rotated key part, row by row; the index key, row
 * by row; and 8-bit codes of the index keys with a scale each, in blocks of 16 keys with dimensions first, that bound
 * scores at a quarter of the bytes. All live in pages, so that growing copies nothing.
 */
final class LatentCache {
    /** Positions of one page; also the tile of attention over all keys. */
    static final int PAGE = 256;

    static final int GREATEST_CODE = 127;

    private final int width;
    private final int indexDims;
    private float[][] latents = new float[4][];
    private float[][] indexKeys = new float[4][];
    private byte[][] codes = new byte[4][];
    private float[][] scales = new float[4][];
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
                codes = Arrays.copyOf(codes, 2 * pages);
                scales = Arrays.copyOf(scales, 2 * pages);
            }
            latents[pages] = new float[PAGE * width];
            indexKeys[pages] = new float[PAGE * indexDims];
            codes[pages] = new byte[PAGE * indexDims];
            scales[pages] = new float[PAGE];
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

    /** Index keys {@code [PAGE, indexDims]} of the page that holds a position. */
    float[] indexPage(int position) {
        return indexKeys[position / PAGE];
    }

    /** Where a position's index key starts within its page. */
    int indexAt(int position) {
        return position % PAGE * indexDims;
    }

    /** Codes {@code [PAGE / 16, indexDims, 16]} of the page that holds a position. */
    byte[] indexCodes(int position) {
        return codes[position / PAGE];
    }

    /** Scales {@code [PAGE]}: {@code scale * code} differs from a key's value by at most half its scale. */
    float[] indexScales(int position) {
        return scales[position / PAGE];
    }

    /** Stores a position's index key and its codes. */
    void putIndexKey(int position, float[] key, int at) {
        System.arraycopy(key, at, indexPage(position), indexAt(position), indexDims);
        float greatest = 0;
        for (int d = 0; d < indexDims; d++) {
            greatest = Math.max(greatest, Math.abs(key[at + d]));
        }
        float scale = greatest / GREATEST_CODE;
        float inverse = greatest > 0 ? GREATEST_CODE / greatest : 0;
        int slot = position % PAGE;
        indexScales(position)[slot] = scale;
        byte[] page = indexCodes(position);
        int to = slot / PackedMatrix.BLOCK * indexDims * PackedMatrix.BLOCK + slot % PackedMatrix.BLOCK;
        for (int d = 0; d < indexDims; d++) {
            page[to + d * PackedMatrix.BLOCK] = (byte) Math.round(key[at + d] * inverse);
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
