package dev.goldline.modelruntime.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/**
 * Which rows go to which expert, as a dense table: every expert gets the same number of places, the count of the busiest
 * one, so that all experts run as one batched product. Places left over read row 0 and are read by nobody.
 *
 * @param places [experts * capacity], the row that each place holds
 * @param slots [rows, chosen], the place of each row's chosen experts
 * @param load rows sent to each expert
 */
record ExpertRouting(NDArray places, NDArray slots, int capacity, long[] load) {

    /**
     * Lays out the choice {@code experts} [rows, chosen]; reads it back to the host. Padding takes no place: it reads
     * some other row's result, which nobody looks at.
     */
    static ExpertRouting of(NDArray experts, int expertCount, ForwardPass.RealRows real) {
        NDManager manager = experts.getManager();
        long[] chosen = experts.toType(DataType.INT64, false).toLongArray();
        int rows = (int) experts.getShape().get(0);
        int perRow = (int) experts.getShape().get(1);
        long[] load = new long[expertCount];
        int[] position = new int[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            if (real.isToken(i / perRow)) {
                position[i] = (int) load[(int) chosen[i]]++;
            }
        }
        int capacity = 1;
        for (long count : load) {
            capacity = Math.max(capacity, (int) count);
        }
        long[] places = new long[expertCount * capacity];
        long[] slots = new long[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            if (real.isToken(i / perRow)) {
                int place = (int) chosen[i] * capacity + position[i];
                places[place] = i / perRow;
                slots[i] = place;
            }
        }
        return new ExpertRouting(
                manager.create(places, new Shape(places.length)),
                manager.create(slots, new Shape(rows, perRow)),
                capacity,
                load);
    }
}
