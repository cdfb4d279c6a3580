package dev.goldline.modelruntime.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fixed tensors of a forward pass: scalars, rotation tables and causal masks. They outlive every scope and are freed
 * with their manager. Used by one thread.
 */
final class TransformerConstants implements AutoCloseable {
    /** Finite, so that a weight of 0 times a masked logarithm is 0 and not NaN. */
    static final float MASKED = -1e9f;

    private final NDManager manager;
    private final RotaryAngles rotary;
    private final int ropeDim;
    private final Map<Integer, Rows> rows = new HashMap<>();
    private final Map<Integer, NDArray> blocked = new HashMap<>();
    private final Map<Integer, NDArray> counts = new HashMap<>();

    final NDArray zero;
    final NDArray one;
    final NDArray masked;
    final NDArray negativeInfinity;
    final NDArray tiny;
    final NDArray normEps;
    final NDArray latentNormEps;
    final NDArray softmaxScale;
    final NDArray headWeightScale;
    final NDArray routedScale;
    final NDArray routeSumEps;
    final NDArray swapNeighbours;
    final NDArray swapHalves;

    /**
     * Rotation tables for some positions.
     *
     * @param cosPairs, sinPairs [T, dr], each frequency in neighbouring columns
     * @param cosHalves, sinHalves [T, dr], each frequency in the same place of both halves
     */
    record Rows(NDArray cosPairs, NDArray sinPairs, NDArray cosHalves, NDArray sinHalves) {}

    TransformerConstants(ModelConfig config, NDManager parent, Device device) {
        manager = parent.newSubManager(device);
        rotary = RotaryAngles.of(config);
        ropeDim = config.qkRopeHeadDim();
        zero = scalar(0);
        one = scalar(1);
        masked = scalar(MASKED);
        negativeInfinity = scalar(Float.NEGATIVE_INFINITY);
        tiny = scalar(1e-10f);
        normEps = scalar((float) config.rmsNormEps());
        latentNormEps = scalar(1e-6f);
        softmaxScale = scalar((float) rotary.softmaxScale());
        headWeightScale = scalar((float) (1 / Math.sqrt((double) config.indexNHeads() * config.indexHeadDim())));
        routedScale = scalar((float) config.routedScalingFactor());
        routeSumEps = scalar(1e-20f);
        swapNeighbours = swap(true);
        swapHalves = swap(false);
    }

    private NDArray scalar(float value) {
        return keep(manager.create(value));
    }

    /** The number as a scalar tensor. */
    NDArray count(int value) {
        return counts.computeIfAbsent(value, this::scalar);
    }

    private static NDArray keep(NDArray array) {
        NDScope.unregister(array);
        return array;
    }

    /** The matrix that turns (a, b) of every rotated pair into (-b, a): x R = x cos + (x swap) sin. */
    private NDArray swap(boolean neighbours) {
        float[] matrix = new float[ropeDim * ropeDim];
        for (int pair = 0; pair < ropeDim / 2; pair++) {
            int first = neighbours ? 2 * pair : pair;
            int second = neighbours ? 2 * pair + 1 : pair + ropeDim / 2;
            matrix[second * ropeDim + first] = -1;
            matrix[first * ropeDim + second] = 1;
        }
        return keep(manager.create(matrix, new Shape(ropeDim, ropeDim)));
    }

    /** Tables for positions {@code start .. start+length-1}; those from 0 are kept, others belong to the scope. */
    Rows rows(int start, int length) {
        if (start != 0) {
            return tables(start, length);
        }
        Rows known = rows.get(length);
        if (known == null) {
            known = tables(0, length);
            keep(known.cosPairs);
            keep(known.sinPairs);
            keep(known.cosHalves);
            keep(known.sinHalves);
            rows.put(length, known);
        }
        return known;
    }

    private Rows tables(int start, int length) {
        float[] cosPairs = new float[length * ropeDim];
        float[] sinPairs = new float[length * ropeDim];
        float[] cosHalves = new float[length * ropeDim];
        float[] sinHalves = new float[length * ropeDim];
        int half = ropeDim / 2;
        for (int row = 0; row < length; row++) {
            for (int pair = 0; pair < half; pair++) {
                float cos = rotary.cos(start + row, pair);
                float sin = rotary.sin(start + row, pair);
                int base = row * ropeDim;
                cosPairs[base + 2 * pair] = cosPairs[base + 2 * pair + 1] = cos;
                sinPairs[base + 2 * pair] = sinPairs[base + 2 * pair + 1] = sin;
                cosHalves[base + pair] = cosHalves[base + half + pair] = cos;
                sinHalves[base + pair] = sinHalves[base + half + pair] = sin;
            }
        }
        Shape shape = new Shape(length, ropeDim);
        return new Rows(
                manager.create(cosPairs, shape),
                manager.create(sinPairs, shape),
                manager.create(cosHalves, shape),
                manager.create(sinHalves, shape));
    }

    /** [T, S] of booleans: true where key s lies after query t, which stands at {@code start + t}. */
    NDArray blocked(int start, int length) {
        @Nullable NDArray known = start == 0 ? blocked.get(length) : null;
        if (known != null) {
            return known;
        }
        int keys = start + length;
        boolean[] after = new boolean[length * keys];
        for (int t = 0; t < length; t++) {
            for (int s = start + t + 1; s < keys; s++) {
                after[t * keys + s] = true;
            }
        }
        NDArray made = manager.create(after, new Shape(length, keys)).toType(DataType.BOOLEAN, false);
        if (start == 0) {
            blocked.put(length, keep(made));
        }
        return made;
    }

    @Override
    public void close() {
        manager.close();
    }
}
