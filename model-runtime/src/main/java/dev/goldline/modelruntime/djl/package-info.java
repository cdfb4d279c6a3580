/**
 * The DeepSeek-V3.2 architecture as DJL tensors (PyTorch engine): the trainable form of the model, and a second
 * implementation to hold the native one against.
 *
 * <p>Two habits of this package come from the engine. Constants are tensors, never Java numbers: arithmetic with a number
 * frees the temporary that the gradient still needs. And every computation runs inside an {@link
 * ai.djl.ndarray.NDScope}, which frees all tensors made on the thread when it closes.
 */
@NullMarked
package dev.goldline.modelruntime.djl;

import org.jspecify.annotations.NullMarked;
