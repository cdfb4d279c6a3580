package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.kernels.PackedMatrix;
import java.util.OptionalInt;

/**
 * How a checkpoint is held and run.
 *
 * @param format of the matrices; norms, router and index head weights stay in fp32, and so do attention matrices that bf16
 *     would round
 * @param indexTopk keys selected in place of {@code index_topk}; at least the context makes attention dense
 */
public record LoadOptions(PackedMatrix.Format format, OptionalInt indexTopk, Kernels kernels) {
    public LoadOptions {
        if (indexTopk.isPresent() && indexTopk.getAsInt() < 1) {
            throw new IllegalArgumentException("indexTopk " + indexTopk.getAsInt() + ": at least 1 key is selected");
        }
    }

    public static LoadOptions in(PackedMatrix.Format format) {
        return new LoadOptions(format, OptionalInt.empty(), Kernels.best());
    }

    public LoadOptions withIndexTopk(int topk) {
        return new LoadOptions(format, OptionalInt.of(topk), kernels);
    }

    public LoadOptions withKernels(Kernels other) {
        return new LoadOptions(format, indexTopk, other);
    }
}
