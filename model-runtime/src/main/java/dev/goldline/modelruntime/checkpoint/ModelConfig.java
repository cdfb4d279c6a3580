package dev.goldline.modelruntime.checkpoint;

import java.util.Optional;

/**
 * The dimensions and constants of one model of the DeepSeek-V3.2 architecture. Component names follow {@code
 * config.json}.
 *
 * @param numHiddenLayers decoder layers; tensors of layers past these are ignored
 * @param qkNopeHeadDim part of a query or key head without position
 * @param qkRopeHeadDim part of a query or key head that is rotated; also the rotated first part of an index head
 * @param nGroup expert groups; 1 where experts are not grouped
 * @param topkGroup groups an expert may be chosen from
 * @param firstKDenseReplace layers below this have a dense feed-forward
 * @param ropeScaling YaRN, or empty for plain rotary positions
 * @param indexerRopeInterleaved true for checkpoints whose indexer rotates neighbouring pairs; V3.2 itself rotates
 *     halves
 */
public record ModelConfig(
        int vocabSize,
        int hiddenSize,
        int numHiddenLayers,
        int numAttentionHeads,
        int qLoraRank,
        int kvLoraRank,
        int qkNopeHeadDim,
        int qkRopeHeadDim,
        int vHeadDim,
        int indexNHeads,
        int indexHeadDim,
        int indexTopk,
        int intermediateSize,
        int moeIntermediateSize,
        int nRoutedExperts,
        int nSharedExperts,
        int numExpertsPerTok,
        int nGroup,
        int topkGroup,
        boolean normTopkProb,
        double routedScalingFactor,
        int firstKDenseReplace,
        double rmsNormEps,
        double ropeTheta,
        int maxPositionEmbeddings,
        Optional<RopeScaling> ropeScaling,
        boolean indexerRopeInterleaved,
        int bosTokenId,
        int eosTokenId) {

    /**
     * YaRN.
     *
     * @param originalMaxPositionEmbeddings context the frequencies were trained for
     */
    public record RopeScaling(
            double factor,
            double betaFast,
            double betaSlow,
            double mscale,
            double mscaleAllDim,
            int originalMaxPositionEmbeddings) {}

    /** Width of a query or key head. */
    public int qkHeadDim() {
        return qkNopeHeadDim + qkRopeHeadDim;
    }

    /** Whether the layer's feed-forward is dense rather than a mixture of experts. */
    public boolean isDense(int layer) {
        return layer < firstKDenseReplace;
    }
}
