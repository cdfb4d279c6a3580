package dev.goldline.modelruntime.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.djl.TransformerConstants.Rows;
import java.util.stream.Stream;

/** Multi-head latent attention over the keys that the lightning indexer selects (V3.2 report, section 2). */
final class SparseAttention {
    private final ModelConfig config;
    private final TransformerConstants constants;
    private final LightningIndexer indexer;

    SparseAttention(ModelConfig config, TransformerConstants constants) {
        this.config = config;
        this.constants = constants;
        indexer = new LightningIndexer(config, constants);
    }

    /**
     * What attention keeps of past tokens.
     *
     * @param key [B, N, S, dn + dr]
     * @param value [B, N, S, dv]
     * @param indexKey [B, S, dI]
     */
    record Cached(NDArray key, NDArray value, NDArray indexKey) {
        Cached concat(Cached next) {
            return new Cached(
                    NDArrays.concat(new NDList(key, next.key), 2),
                    NDArrays.concat(new NDList(value, next.value), 2),
                    NDArrays.concat(new NDList(indexKey, next.indexKey), 1));
        }

        Stream<NDArray> arrays() {
            return Stream.of(key, value, indexKey);
        }

        void keep() {
            arrays().forEach(NDScope::unregister);
        }

        void close() {
            arrays().forEach(NDArray::close);
        }
    }

    /** x [B, T, h], already normalised, to [B, T, h]. */
    NDArray forward(int layer, NDArray x, Weights weights, ForwardPass pass) {
        String prefix = "model.layers." + layer + ".self_attn";
        long batch = x.getShape().get(0);
        int length = (int) x.getShape().get(1);
        Rows rows = constants.rows(pass.start(), length);
        NDArray latentQuery = Transformer.norm(
                Tensors.linear(x, weights.get(prefix + ".q_a_proj")),
                weights.get(prefix + ".q_a_layernorm"),
                constants.latentNormEps);
        NDArray query = query(latentQuery, weights.get(prefix + ".q_b_proj"), rows);
        KeysAndValues fresh = keysAndValues(x, weights, prefix, rows);
        LightningIndexer.Heads index = indexer.heads(latentQuery, x, weights, prefix + ".indexer", rows);
        Cached all = pass.extend(layer, new Cached(fresh.key, fresh.value, index.key()));

        NDArray blocked = constants.blocked(pass.start(), length);
        NDArray hidden = blocked;
        int keys = pass.start() + length;
        IndexerObjective objective = pass.objective();
        NDArray scores = null;
        if (keys > pass.topk() || objective != null) {
            scores = indexer.scores(index, all.indexKey);
        }
        if (keys > pass.topk() && scores != null) {
            NDArray allowed = Tensors.where(blocked, constants.negativeInfinity, scores.stopGradient());
            hidden = SparseSelection.top(allowed, pass.topk(), constants)
                    .logicalNot()
                    .logicalOr(blocked)
                    .expandDims(1);
        }
        NDArray logits = query.matMul(all.key.transpose(0, 1, 3, 2));
        NDArray attention =
                Tensors.where(hidden, constants.negativeInfinity, logits).softmax(3);
        if (objective != null && scores != null) {
            objective.layer(scores, attention, hidden, blocked, constants);
        }
        pass.observer().selected(layer, hidden.logicalNot());
        NDArray out = attention
                .matMul(all.value)
                .transpose(0, 2, 1, 3)
                .reshape(new Shape(batch, length, (long) config.numAttentionHeads() * config.vHeadDim()));
        return Tensors.linear(out, weights.get(prefix + ".o_proj"));
    }

    /** [B, N, T, dn + dr], rotated and scaled. */
    private NDArray query(NDArray latent, NDArray weight, Rows rows) {
        Shape shape = latent.getShape();
        NDArray heads = Tensors.linear(latent, weight)
                .reshape(new Shape(shape.get(0), shape.get(1), config.numAttentionHeads(), config.qkHeadDim()))
                .transpose(0, 2, 1, 3);
        NDList parts = heads.split(new long[] {config.qkNopeHeadDim()}, 3);
        NDArray rotated = rotatePairs(parts.get(1), rows);
        return NDArrays.concat(new NDList(parts.get(0), rotated), 3).mul(constants.softmaxScale);
    }

    private record KeysAndValues(NDArray key, NDArray value) {}

    private KeysAndValues keysAndValues(NDArray x, Weights weights, String prefix, Rows rows) {
        Shape shape = x.getShape();
        int heads = config.numAttentionHeads();
        NDList latentAndRope = Tensors.linear(x, weights.get(prefix + ".kv_a_proj_with_mqa"))
                .split(new long[] {config.kvLoraRank()}, 2);
        NDArray latent = Transformer.norm(
                latentAndRope.get(0), weights.get(prefix + ".kv_a_layernorm"), constants.latentNormEps);
        NDArray rope = rotatePairs(latentAndRope.get(1), rows)
                .expandDims(1)
                .broadcast(new Shape(shape.get(0), heads, shape.get(1), config.qkRopeHeadDim()));
        NDList keyAndValue = Tensors.linear(latent, weights.get(prefix + ".kv_b_proj"))
                .reshape(new Shape(shape.get(0), shape.get(1), heads, config.qkNopeHeadDim() + config.vHeadDim()))
                .transpose(0, 2, 1, 3)
                .split(new long[] {config.qkNopeHeadDim()}, 3);
        NDArray key = NDArrays.concat(new NDList(keyAndValue.get(0), rope), 3);
        return new KeysAndValues(key, keyAndValue.get(1));
    }

    /** Rotates neighbouring pairs of the last axis; positions lie on the axis before it. */
    private NDArray rotatePairs(NDArray x, Rows rows) {
        return x.mul(rows.cosPairs()).add(x.matMul(constants.swapNeighbours).mul(rows.sinPairs()));
    }
}
