package dev.goldline.modelruntime.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.djl.TransformerConstants.Rows;

/**
 * Scores every past key for a query: I[t,s] = sum over heads j of w[t,j] ReLU(q[t,j] . k[s]) (V3.2 report, equation 1).
 * Its inputs are detached, so it learns from its own objective alone.
 */
final class LightningIndexer {
    private final ModelConfig config;
    private final TransformerConstants constants;

    LightningIndexer(ModelConfig config, TransformerConstants constants) {
        this.config = config;
        this.constants = constants;
    }

    /**
     * What the scores of some tokens are made of.
     *
     * @param query [B, T, HI, dI]
     * @param key [B, T, dI]
     * @param weight [B, T, HI]
     */
    record Heads(NDArray query, NDArray key, NDArray weight) {}

    /** Queries come from the latent query, keys and head weights from the layer's input. */
    Heads heads(NDArray latentQuery, NDArray x, Weights weights, String prefix, Rows rows) {
        NDArray input = x.stopGradient();
        Shape shape = x.getShape();
        NDArray query = Tensors.linear(latentQuery.stopGradient(), weights.get(prefix + ".wq_b"))
                .reshape(new Shape(shape.get(0), shape.get(1), config.indexNHeads(), config.indexHeadDim()))
                .transpose(0, 2, 1, 3);
        NDArray key = Tensors.layerNorm(
                Tensors.linear(input, weights.get(prefix + ".wk")),
                weights.get(prefix + ".k_norm"),
                weights.get(prefix + ".k_norm.bias"),
                1e-6);
        NDArray weight =
                Tensors.linear(input, weights.get(prefix + ".weights_proj")).mul(constants.headWeightScale);
        return new Heads(rotateFirst(query, rows).transpose(0, 2, 1, 3), rotateFirst(key, rows), weight);
    }

    /** [B, T, S]. */
    NDArray scores(Heads heads, NDArray keys) {
        Shape query = heads.query.getShape();
        long batch = query.get(0);
        long length = query.get(1);
        NDArray dots = heads.query
                .reshape(new Shape(batch, length * config.indexNHeads(), config.indexHeadDim()))
                .matMul(keys.transpose(0, 2, 1));
        NDArray rectified = ai.djl.nn.Activation.relu(dots)
                .reshape(new Shape(
                        batch, length, config.indexNHeads(), keys.getShape().get(1)));
        return heads.weight.expandDims(2).matMul(rectified).squeeze(2);
    }

    /** Rotates the first dr entries of the last axis; positions lie on the axis before it. */
    private NDArray rotateFirst(NDArray x, Rows rows) {
        int axis = x.getShape().dimension() - 1;
        int width = config.qkRopeHeadDim();
        if (width == config.indexHeadDim()) {
            return rotate(x, rows);
        }
        NDList parts = x.split(new long[] {width}, axis);
        return NDArrays.concat(new NDList(rotate(parts.get(0), rows), parts.get(1)), axis);
    }

    private NDArray rotate(NDArray x, Rows rows) {
        return config.indexerRopeInterleaved()
                ? x.mul(rows.cosPairs()).add(x.matMul(constants.swapNeighbours).mul(rows.sinPairs()))
                : x.mul(rows.cosHalves()).add(x.matMul(constants.swapHalves).mul(rows.sinHalves()));
    }
}
