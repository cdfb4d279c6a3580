package dev.goldline.modelruntime.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** Tensor operations that DJL's general interface lacks or restricts, straight from its PyTorch binding. */
final class Tensors {
    private Tensors() {}

    /** x W^T for a weight [out, in]. */
    static NDArray linear(NDArray x, NDArray weight) {
        return JniUtils.linear((PtNDArray) x, (PtNDArray) weight, null);
    }

    /** Rows of a table [rows, width] by index [...]: [..., width]. Its gradient adds up in a fixed order. */
    static NDArray rows(NDArray table, NDArray index) {
        return JniUtils.embedding((PtNDArray) index, (PtNDArray) table, false);
    }

    /** Elementwise choice; the two sides may be scalars. */
    static NDArray where(NDArray condition, NDArray yes, NDArray no) {
        return JniUtils.where((PtNDArray) condition, (PtNDArray) yes, (PtNDArray) no);
    }

    static NDArray layerNorm(NDArray x, NDArray weight, NDArray bias, double eps) {
        return JniUtils.layerNorm((PtNDArray) x, new Shape(weight.size()), (PtNDArray) weight, (PtNDArray) bias, eps);
    }

    /** x sigmoid(x). */
    static NDArray silu(NDArray x) {
        return x.mul(JniUtils.sigmoid((PtNDArray) x));
    }

    static NDArray sigmoid(NDArray x) {
        return JniUtils.sigmoid((PtNDArray) x);
    }

    /** Adds the gradient of a scalar to every leaf it depends on. Unlike DJL's collector, any number of threads may. */
    static void backward(NDArray loss) {
        NDArray seed = loss.getManager().ones(loss.getShape(), loss.getDataType(), loss.getDevice());
        JniUtils.backward((PtNDArray) loss, (PtNDArray) seed, false, false);
    }

    /** Whether operations on this thread record what a gradient needs. New threads do. */
    static void recordGradients(boolean on) {
        JniUtils.setGradMode(on);
    }
}
