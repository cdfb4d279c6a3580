package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.kernels.PackedMatrix.Format;
import java.util.OptionalInt;

/**
 * How a checkpoint is held and run.
 *
 * @param format of the matrices; norms, router and index head weights stay in fp32, and so do attention matrices that bf16
 *     would round
 * @param rounding whether other matrices may lose digits by the format; if not, they stay in fp32 too
 * @param indexTopk keys selected in place of {@code index_topk}; at least the context makes attention dense
 */
public record LoadOptions(Format format, boolean rounding, OptionalInt indexTopk, Kernels kernels) {
    public LoadOptions {
        if (indexTopk.isPresent() && indexTopk.getAsInt() < 1) {
            throw new IllegalArgumentException("indexTopk " + indexTopk.getAsInt() + ": at least 1 key is selected");
        }
    }

    /** The smallest form that loses nothing, matrix by matrix: the same results as fp32, bit for bit. */
    public static LoadOptions exact() {
        return new LoadOptions(Format.BF16, false, OptionalInt.empty(), Kernels.best());
    }

    public static LoadOptions in(Format format) {
        return new LoadOptions(format, true, OptionalInt.empty(), Kernels.best());
    }

    public LoadOptions withIndexTopk(int topk) {
        return new LoadOptions(format, rounding, OptionalInt.of(topk), kernels);
    }

    public LoadOptions withKernels(Kernels other) {
        return new LoadOptions(format, rounding, indexTopk, other);
    }

    /** The form that a matrix is held in. */
    Format formatOf(float[] values) {
        return rounding ? format : exactFormatOf(values);
    }

    /** The form that a matrix is held in if it must lose nothing. */
    Format exactFormatOf(float[] values) {
        for (float value : values) {
            if ((Float.floatToRawIntBits(value) & 0xFFFF) != 0) {
                return Format.FP32;
            }
        }
        return format;
    }
}
