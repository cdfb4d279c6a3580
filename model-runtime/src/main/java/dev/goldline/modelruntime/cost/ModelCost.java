package dev.goldline.modelruntime.cost;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.TensorLayout;
import dev.goldline.modelruntime.checkpoint.TensorSpec;
import dev.goldline.modelruntime.observation.TokenWork;
import java.util.OptionalLong;

/**
 * Parameters, operations and bytes of a model, by its dimensions. A multiply-add counts as two operations. "Per token
 * at context L" means one query over L keys, all layers; attention figures leave out the matrices, which are {@link
 * #linearFlops}. The formulas follow from the architecture of the <a
 * href="https://arxiv.org/abs/2512.02556">DeepSeek-V3.2 report</a>: with N heads, latent width dc, rotated width dr,
 * and H index heads of dI, a query-key pair costs {@code 2N(dc+dr) + 2N dc} absorbed, {@code 2N(dn+dr) + 2N dv} with
 * keys and values expanded, and {@code 2 H dI} to index.
 */
public final class ModelCost {
    private final ModelConfig config;
    private final long total;
    private final long active;

    private ModelCost(ModelConfig config) {
        this.config = config;
        long sum = TensorLayout.tensors(config).mapToLong(TensorSpec::elements).sum();
        int sparseLayers = config.numHiddenLayers() - config.firstKDenseReplace();
        long expert = 3L * config.hiddenSize() * config.moeIntermediateSize();
        long idle = (long) sparseLayers * (config.nRoutedExperts() - config.numExpertsPerTok()) * expert;
        this.total = sum;
        this.active = sum - idle;
    }

    public static ModelCost of(ModelConfig config) {
        return new ModelCost(config);
    }

    /** All parameters of the main model, correction biases included. */
    public long totalParameters() {
        return total;
    }

    /** Parameters one token uses, embedding and head included. */
    public long activeParameters() {
        return active;
    }

    /** Active parameters without the embedding, which is looked up and not multiplied. */
    public long activeParametersWithoutEmbedding() {
        // A tied matrix is the head as well, and as the head it is multiplied.
        return config.tieWordEmbeddings() ? active : active - (long) config.vocabSize() * config.hiddenSize();
    }

    /** Matrices, per token: two operations per active parameter without the embedding. */
    public double linearFlops() {
        return 2.0 * activeParametersWithoutEmbedding();
    }

    /** One query-key pair of one layer, absorbed (multi-query) form. */
    public long mqaPairFlops() {
        return 2L * config.numAttentionHeads() * (2L * config.kvLoraRank() + config.qkRopeHeadDim());
    }

    /** One query-key pair of one layer, expanded (multi-head) form. */
    public long mhaPairFlops() {
        return 2L * config.numAttentionHeads() * (config.qkHeadDim() + (long) config.vHeadDim());
    }

    /** One query-key pair of one layer's indexer. */
    public long indexerPairFlops() {
        return 2L * config.indexNHeads() * config.indexHeadDim();
    }

    /** Dense attention in absorbed form, as a decode step does it. */
    public double denseMqaFlops(long context) {
        return (double) mqaPairFlops() * context * config.numHiddenLayers();
    }

    /** Dense attention in expanded form, as a prefill does it; expanding the keys is part of {@link #linearFlops}. */
    public double denseMhaFlops(long context) {
        return (double) mhaPairFlops() * context * config.numHiddenLayers();
    }

    /** Attention over the selected keys, absorbed. */
    public double selectedFlops(long context) {
        return (double) mqaPairFlops() * Math.min(context, config.indexTopk()) * config.numHiddenLayers();
    }

    /** Scoring every key. */
    public double indexerFlops(long context) {
        return (double) indexerPairFlops() * context * config.numHiddenLayers();
    }

    /** Sparse attention with its indexer. */
    public double dsaFlops(long context) {
        return selectedFlops(context) + indexerFlops(context);
    }

    /** Context at which sparse attention costs a decode step what dense does; empty where it never does. */
    public OptionalLong decodeCrossover() {
        return crossover(mqaPairFlops());
    }

    /** Context at which sparse attention costs a prefill what dense, expanded attention does; empty if never. */
    public OptionalLong prefillCrossover() {
        return crossover(mhaPairFlops());
    }

    /** Beyond {@code index_topk} keys: {@code densePair L = mqaPair k + indexerPair L}. */
    private OptionalLong crossover(long densePair) {
        long gain = densePair - indexerPairFlops();
        if (gain <= 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of((long) Math.ceil((double) mqaPairFlops() * config.indexTopk() / gain));
    }

    /** Latent cache of one token, all layers. */
    public long latentCacheBytes(CacheFormat format) {
        return format.latentBytes(config.kvLoraRank(), config.qkRopeHeadDim()) * config.numHiddenLayers();
    }

    /** Index key cache of one token, all layers. */
    public long indexCacheBytes(CacheFormat format) {
        return format.indexBytes(config.indexHeadDim()) * config.numHiddenLayers();
    }

    /** Cache read by one decoded token with dense attention. */
    public double denseBytesRead(long context, CacheFormat format) {
        return (double) latentCacheBytes(format) * context;
    }

    /** Cache read by one decoded token with sparse attention: selected latents, all index keys. */
    public double dsaBytesRead(long context, CacheFormat format) {
        return (double) latentCacheBytes(format) * Math.min(context, config.indexTopk())
                + (double) indexCacheBytes(format) * context;
    }

    /** One decoded token of this runtime at a context; up to {@code index_topk} keys nothing is scored. */
    public TokenWork decode(long context) {
        boolean scored = context > config.indexTopk();
        double bytes = scored ? dsaBytesRead(context, CacheFormat.FP32) : denseBytesRead(context, CacheFormat.FP32);
        return new TokenWork(linearFlops(), selectedFlops(context), scored ? indexerFlops(context) : 0, bytes);
    }
}
