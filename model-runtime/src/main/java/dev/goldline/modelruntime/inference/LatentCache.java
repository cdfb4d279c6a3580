package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.FloatFormats;
import dev.goldline.modelruntime.kernels.Kernels;
import java.util.Arrays;

/**
 * What one layer remembers of the positions so far: the latent with its rotated key part, row by row; the index key, row
 * by row; and the index keys rounded to bf16, in groups of 64 keys with dimensions first, that bound
 * scores at half the bytes. All live in pages, so that growing copies nothing.
 */
final class LatentCache {
    /** Positions of one page; also the tile of attention over all keys. */
    static final int PAGE = 256;

    private final int width;
    private final int indexDims;
    private float[][] latents = new float[4][];
    private float[][] indexKeys = new float[4][];
    private int[][] pairs = new int[4][];
    private int pages;
    private float indexNorm;

    LatentCache(int width, int indexDims) {
        this.width = width;
        this.indexDims = even(indexDims);
    }

    /** Index keys of an odd number of dimensions get a zero more. */
    static int even(int dims) {
        return dims + dims % 2;
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
                pairs = Arrays.copyOf(pairs, 2 * pages);
            }
            latents[pages] = new float[PAGE * width];
            indexKeys[pages] = new float[PAGE * indexDims];
            pairs[pages] = new int[PAGE * indexDims / 2];
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
    private float[] indexPage(int position) {
        return indexKeys[position / PAGE];
    }

    /** Where a position's index key starts within its page. */
    private int indexAt(int position) {
        return position % PAGE * indexDims;
    }

    /**
     * Index keys in bf16 of the page that holds a position: {@code [PAGE / 64, indexDims / 2, 64]}, an even dimension in
     * the low half, the next one in the high half.
     */
    int[] indexPairs(int position) {
        return pairs[position / PAGE];
    }

    /** At least the length of the longest index key. */
    float indexNorm() {
        return indexNorm;
    }

    /** Stores a position's index key. */
    void putIndexKey(int position, float[] key, int at, int dims) {
        float[] row = indexPage(position);
        int rowAt = indexAt(position);
        System.arraycopy(key, at, row, rowAt, dims);
        int slot = position % PAGE;
        int[] page = indexPairs(position);
        int to = slot / Kernels.INDEX_GROUP * (indexDims / 2) * Kernels.INDEX_GROUP + slot % Kernels.INDEX_GROUP;
        double squares = 0;
        for (int d = 0; d < indexDims; d += 2) {
            int low = FloatFormats.toBf16(row[rowAt + d]) & 0xFFFF;
            page[to + d / 2 * Kernels.INDEX_GROUP] = FloatFormats.toBf16(row[rowAt + d + 1]) << 16 | low;
            squares += (double) row[rowAt + d] * row[rowAt + d] + (double) row[rowAt + d + 1] * row[rowAt + d + 1];
        }
        indexNorm = Math.max(indexNorm, Math.nextUp((float) Math.sqrt(squares)));
    }

    /** Copies the index keys of the first {@code count} of some positions into columns {@code [indexDims, stride]}. */
    void gatherIndexKeys(int[] positions, int count, float[] columns, int stride) {
        for (int i = 0; i < count; i++) {
            float[] page = indexPage(positions[i]);
            int at = indexAt(positions[i]);
            for (int d = 0, to = i; d < indexDims; d++, to += stride) {
                columns[to] = page[at + d];
            }
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
