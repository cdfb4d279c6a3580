package dev.goldline.modelruntime.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.goldline.modelruntime.checkpoint.ModelConfig;

/** Sigmoid gate with correction bias, group-limited choice, routed and shared experts (DeepSeek-V3, section 2.1.2). */
final class MixtureOfExperts {
    private final ModelConfig config;
    private final TransformerConstants constants;

    MixtureOfExperts(ModelConfig config, TransformerConstants constants) {
        this.config = config;
        this.constants = constants;
    }

    /** x [N, h] to [N, h]. */
    NDArray forward(int layer, NDArray x, Weights weights, NDArray biases, ForwardPass pass) {
        String prefix = "model.layers." + layer + ".mlp";
        NDArray gate = Tensors.sigmoid(Tensors.linear(x, weights.get(prefix + ".gate")));
        NDArray chosen =
                pass.forced().isPresent() ? forced(layer, pass, x) : choose(gate.stopGradient(), biases.get(layer));
        pass.observer().routed(layer, chosen);
        NDArray share = gate.gather(chosen, 1);
        if (config.normTopkProb()) {
            share = share.div(share.sum(new int[] {1}, true).add(constants.routeSumEps));
        }
        share = share.mul(constants.routedScale);

        ExpertRouting routing = ExpertRouting.of(chosen, config.nRoutedExperts(), pass.real());
        pass.observer().load(layer, routing.load());
        NDArray results = routed(x, weights, prefix + ".experts", routing);
        NDArray perRow = Tensors.rows(results, routing.slots());
        NDArray sum = share.expandDims(1).matMul(perRow).squeeze(1);
        return weights.has(prefix + ".shared_experts.gate_proj")
                ? sum.add(gated(x, weights, prefix + ".shared_experts"))
                : sum;
    }

    private NDArray forced(int layer, ForwardPass pass, NDArray x) {
        int rows = (int) x.getShape().get(0);
        int perToken = config.numExpertsPerTok();
        long[] experts = new long[rows * perToken];
        for (int row = 0; row < rows; row++) {
            int[] wanted = pass.forced().orElseThrow().experts(layer, pass.start() + row);
            for (int i = 0; i < perToken; i++) {
                experts[row * perToken + i] = wanted[i];
            }
        }
        return x.getManager().create(experts, new Shape(rows, perToken));
    }

    /**
     * The experts of each row, [N, chosen], ascending: the highest biased scores within the best groups. Equal scores: the
     * lower group, the lower expert.
     */
    private NDArray choose(NDArray gate, NDArray bias) {
        NDArray biased = gate.add(bias);
        int groups = config.nGroup();
        if (groups > 1 && config.topkGroup() < groups) {
            int perGroup = config.nRoutedExperts() / groups;
            NDArray grouped = biased.reshape(new Shape(-1, groups, perGroup));
            NDArray scores =
                    grouped.topK(Math.min(2, perGroup), 2, true, true).get(0).sum(new int[] {2});
            NDArray kept = SparseSelection.top(scores, config.topkGroup(), constants);
            biased = Tensors.where(kept.expandDims(2), grouped, constants.negativeInfinity)
                    .reshape(biased.getShape());
        }
        NDArray best = SparseSelection.top(biased, config.numExpertsPerTok(), constants);
        return Tensors.where(best, constants.one, constants.zero)
                .topK(config.numExpertsPerTok(), 1, true, false)
                .get(1)
                .sort(1);
    }

    /** Every expert over its places: [experts * capacity, h]. */
    private NDArray routed(NDArray x, Weights weights, String prefix, ExpertRouting routing) {
        int experts = config.nRoutedExperts();
        NDArray held = Tensors.rows(x, routing.places()).reshape(new Shape(experts, routing.capacity(), -1));
        NDArray up = held.matMul(weights.get(prefix + ".up_proj").transpose(0, 2, 1));
        NDArray inner = Tensors.silu(
                        held.matMul(weights.get(prefix + ".gate_proj").transpose(0, 2, 1)))
                .mul(up);
        NDArray out = inner.matMul(weights.get(prefix + ".down_proj").transpose(0, 2, 1));
        return out.reshape(new Shape((long) experts * routing.capacity(), -1));
    }

    /** down(silu(gate x) * up x). */
    static NDArray gated(NDArray x, Weights weights, String prefix) {
        NDArray inner = Tensors.silu(Tensors.linear(x, weights.get(prefix + ".gate_proj")))
                .mul(Tensors.linear(x, weights.get(prefix + ".up_proj")));
        return Tensors.linear(inner, weights.get(prefix + ".down_proj"));
    }
}
