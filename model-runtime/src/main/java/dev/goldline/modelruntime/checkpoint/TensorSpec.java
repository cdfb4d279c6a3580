package dev.goldline.modelruntime.checkpoint;

/**
 * A tensor a model must have.
 *
 * @param name as in the checkpoint
 * @param rows rows of a matrix, or the length of a vector
 * @param columns columns of a matrix; 0 for a vector
 */
public record TensorSpec(String name, int rows, int columns) {
    static TensorSpec matrix(String name, long rows, long columns) {
        return new TensorSpec(name, exact(name, rows), exact(name, columns));
    }

    static TensorSpec vector(String name, long length) {
        return new TensorSpec(name, exact(name, length), 0);
    }

    public boolean isVector() {
        return columns == 0;
    }

    /** The shape, for writers: {@code [rows]} or {@code [rows, columns]}. */
    public int[] shape() {
        return isVector() ? new int[] {rows} : new int[] {rows, columns};
    }

    /** Number of elements. */
    public long elements() {
        return isVector() ? rows : (long) rows * columns;
    }

    private static int exact(String name, long size) {
        if (size > Integer.MAX_VALUE) {
            throw new CheckpointException(name + ": the configuration asks for a side of " + size + " elements");
        }
        return (int) size;
    }
}
