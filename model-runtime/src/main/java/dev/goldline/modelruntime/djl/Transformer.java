package dev.goldline.modelruntime.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.goldline.modelruntime.checkpoint.ModelConfig;

/**
 * The forward pass: embedding, decoder layers, head. Multi-head attention in its plain form, experts as one batched
 * product. Stateless but for its constants; one thread at a time.
 */
final class Transformer {
    private final ModelConfig config;
    private final TransformerConstants constants;
    private final SparseAttention attention;
    private final MixtureOfExperts experts;

    Transformer(ModelConfig config, TransformerConstants constants) {
        this.config = config;
        this.constants = constants;
        attention = new SparseAttention(config, constants);
        experts = new MixtureOfExperts(config, constants);
    }

    /**
     * Runs tokens through all layers.
     *
     * @param ids [B, T] of 64-bit ids
     * @param biases [layers, experts], the correction biases; rows of dense layers are not read
     * @param pass what is computed beside the logits, and where it goes
     * @return logits [B, T, V]
     */
    NDArray forward(NDArray ids, Weights weights, NDArray biases, ForwardPass pass) {
        NDArray x = Tensors.rows(weights.get("model.embed_tokens"), ids);
        for (int layer = 0; layer < config.numHiddenLayers(); layer++) {
            String prefix = "model.layers." + layer;
            NDArray a = norm(x, weights.get(prefix + ".input_layernorm"), constants.normEps);
            x = x.add(attention.forward(layer, a, weights, pass));
            NDArray b = norm(x, weights.get(prefix + ".post_attention_layernorm"), constants.normEps);
            x = x.add(feedForward(layer, b, weights, biases, pass));
        }
        pass.advance((int) ids.getShape().get(1));
        NDArray last = norm(x, weights.get("model.norm"), constants.normEps);
        return Tensors.linear(last, weights.get(config.tieWordEmbeddings() ? "model.embed_tokens" : "lm_head"));
    }

    private NDArray feedForward(int layer, NDArray x, Weights weights, NDArray biases, ForwardPass pass) {
        String prefix = "model.layers." + layer + ".mlp";
        if (config.isDense(layer)) {
            return MixtureOfExperts.gated(x, weights, prefix);
        }
        Shape shape = x.getShape();
        NDArray rows = x.reshape(new Shape(-1, shape.get(2)));
        return experts.forward(layer, rows, weights, biases, pass).reshape(shape);
    }

    /** w x / sqrt(mean(x^2) + eps). */
    static NDArray norm(NDArray x, NDArray weight, NDArray eps) {
        int axis = x.getShape().dimension() - 1;
        NDArray scale = x.square().mean(new int[] {axis}, true).add(eps).sqrt();
        return x.div(scale).mul(weight);
    }
}
