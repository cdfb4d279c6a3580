package dev.goldline.modelruntime.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The weights of one forward pass, by name: views into the flat vector, so that their gradients land in it. */
final class Weights {
    private final Map<String, NDArray> byName = new HashMap<>();

    private Weights() {}

    /** Cuts the vector into its blocks. The views belong to the open scope. */
    static Weights of(ParameterLayout layout, NDArray flat) {
        Weights weights = new Weights();
        NDList blocks = flat.split(layout.cuts(), 0);
        List<ParameterLayout.Slot> slots = layout.slots();
        for (int i = 0; i < slots.size(); i++) {
            weights.byName.put(
                    slots.get(i).name(),
                    blocks.get(i).reshape(new Shape(slots.get(i).shape())));
        }
        return weights;
    }

    NDArray get(String name) {
        NDArray found = byName.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no weight named " + name);
        }
        return found;
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }
}
