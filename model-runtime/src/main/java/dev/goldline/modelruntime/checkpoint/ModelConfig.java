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
 * @param tieWordEmbeddings the output head is the embedding matrix; no {@code lm_head.weight} is read
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
        boolean tieWordEmbeddings,
        int bosTokenId,
        int eosTokenId) {

    /**
     * YaRN.
     *
     * @param mscale with {@code mscaleAllDim}, scales the rotated parts; 0 where the checkpoint does not say
     * @param mscaleAllDim scales the softmax by its square; 0 where the checkpoint does not say
     * @param originalMaxPositionEmbeddings context the frequencies were trained for
     */
    public record RopeScaling(
            double factor,
            double betaFast,
            double betaSlow,
            double mscale,
            double mscaleAllDim,
            int originalMaxPositionEmbeddings) {
        /**
         * What the cosines and sines are multiplied by: {@code m(mscale) / m(mscaleAllDim)} where both are given, else
         * {@code m(1)}, with {@code m(a) = 0.1 a ln(factor) + 1}.
         */
        public double attentionFactor() {
            return mscale != 0 && mscaleAllDim != 0 ? m(mscale) / m(mscaleAllDim) : m(1);
        }

        /** What the softmax scale is multiplied by: {@code m(mscaleAllDim)^2}. */
        public double softmaxFactor() {
            return m(mscaleAllDim) * m(mscaleAllDim);
        }

        private double m(double a) {
            return factor <= 1 ? 1 : 0.1 * a * StrictMath.log(factor) + 1;
        }
    }

    /** The same model with another number of selected keys; at least the context: dense attention. */
    public ModelConfig withIndexTopk(int topk) {
        return new ModelConfig(
                vocabSize,
                hiddenSize,
                numHiddenLayers,
                numAttentionHeads,
                qLoraRank,
                kvLoraRank,
                qkNopeHeadDim,
                qkRopeHeadDim,
                vHeadDim,
                indexNHeads,
                indexHeadDim,
                topk,
                intermediateSize,
                moeIntermediateSize,
                nRoutedExperts,
                nSharedExperts,
                numExpertsPerTok,
                nGroup,
                topkGroup,
                normTopkProb,
                routedScalingFactor,
                firstKDenseReplace,
                rmsNormEps,
                ropeTheta,
                maxPositionEmbeddings,
                ropeScaling,
                indexerRopeInterleaved,
                tieWordEmbeddings,
                bosTokenId,
                eosTokenId);
    }

    /** Width of a query or key head. */
    public int qkHeadDim() {
        return qkNopeHeadDim + qkRopeHeadDim;
    }

    /** Whether the layer's feed-forward is dense rather than a mixture of experts. */
    public boolean isDense(int layer) {
        return layer < firstKDenseReplace;
    }
}
