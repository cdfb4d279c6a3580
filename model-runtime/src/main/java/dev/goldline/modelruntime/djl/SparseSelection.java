package dev.goldline.modelruntime.djl;

import ai.djl.ndarray.NDArray;

/** Exact top-k with the tie rule of the whole product: equal scores go to the lower position. */
final class SparseSelection {
    private SparseSelection() {}

    /**
     * The k highest entries of every row.
     *
     * @param scores [..., S]; entries that must not be chosen are -infinity
     * @param k at most S
     * @return booleans of the same shape, k true a row. Rows with fewer than k finite scores also have true where they are
     *     -infinity: mask afterwards
     */
    static NDArray top(NDArray scores, int k, TransformerConstants constants) {
        int axis = scores.getShape().dimension() - 1;
        NDArray best = scores.topK(k, axis, true, true).get(0);
        NDArray threshold = k == 1 ? best : best.split(new long[] {k - 1}, axis).get(1);
        NDArray above = scores.gt(threshold);
        NDArray equal = scores.eq(threshold);
        NDArray taken = Tensors.where(above, constants.one, constants.zero).sum(new int[] {axis}, true);
        NDArray rank =
                Tensors.where(equal, constants.one, constants.zero).cumSum(axis).add(taken);
        return above.logicalOr(equal.logicalAnd(rank.lte(constants.count(k))));
    }
}
