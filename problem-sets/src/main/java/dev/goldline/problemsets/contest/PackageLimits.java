package dev.goldline.problemsets.contest;

import java.util.Optional;

/**
 * The limits a package states or leaves to the format's typical values.
 *
 * @param timeSeconds processor time of a run; empty: from the accepted submissions
 * @param acceptedFactor how many times the slowest accepted submission the limit is
 * @param exceededFactor how many times the limit a submission must take to be surely too slow
 * @param resolutionSeconds limits are multiples of this
 * @param memoryMib of a run, in MiB, as are all sizes but {@code codeKib}
 * @param outputMib standard output, standard error and files of a run
 * @param validationPasses the most passes of a multi-pass problem
 */
public record PackageLimits(
        Optional<Double> timeSeconds,
        double acceptedFactor,
        double exceededFactor,
        double resolutionSeconds,
        int memoryMib,
        int outputMib,
        int codeKib,
        int compilationSeconds,
        int compilationMemoryMib,
        int validationSeconds,
        int validationMemoryMib,
        int validationOutputMib,
        int validationPasses) {

    /**
     * The least multiple of the resolution that leaves the slowest accepted submission its factor.
     *
     * @param slowestSeconds processor time of the slowest run that is to be accepted
     */
    public double timeFor(double slowestSeconds) {
        double steps = Math.max(1, Math.ceil(slowestSeconds * acceptedFactor / resolutionSeconds - 1e-9));
        return timeSeconds.orElse(steps * resolutionSeconds);
    }
}
