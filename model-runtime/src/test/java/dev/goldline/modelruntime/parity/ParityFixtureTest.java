package dev.goldline.modelruntime.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.modelruntime.Fixtures;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.kernels.Kernels;
import dev.goldline.modelruntime.kernels.PackedMatrix.Format;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParityFixtureTest {
    @ParameterizedTest
    @ValueSource(strings = {"a_dense_equiv", "b_sparse", "c_yarn_groups", "d_fp8"})
    void fp32_matches_logits_selections_and_greedy_tokens(String name) {
        ParityResult result = compare(name, LoadOptions.in(Format.FP32), ParityCheck.FP32_LIMIT);
        assertThat(result)
                .satisfies(r -> assertThat(r.withinLimits()).as("%s", r).isTrue());
        assertThat(result.maxLogitDelta()).as("%s", result).isBetween(1e-9, 1e-4);
        assertThat(result.selectionsEqual()).isEqualTo(result.selections()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"b_sparse", "d_fp8"})
    void scalar_kernels_match_too(String name) {
        LoadOptions options = LoadOptions.in(Format.FP32).withKernels(Kernels.scalar());
        ParityResult result = compare(name, options, ParityCheck.FP32_LIMIT);
        assertThat(result.withinLimits()).as("%s", result).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a_dense_equiv", "b_sparse", "c_yarn_groups", "d_fp8"})
    void bf16_stays_within_its_limit_on_the_recorded_choices(String name) {
        ParityResult result = compare(name, LoadOptions.in(Format.BF16), ParityCheck.BF16_LIMIT);
        assertThat(result.withinLimits()).as("%s", result).isTrue();
        assertThat(result.maxLogitDelta()).as("rounding must show").isGreaterThan(1e-4);
    }

    private static ParityResult compare(String name, LoadOptions options, double limit) {
        Path folder = Fixtures.checkpoint(name);
        try (Checkpoint checkpoint = Checkpoint.open(folder);
                ParitySubject subject = subject(checkpoint, options);
                ParitySubject exact = subject(checkpoint, LoadOptions.in(Format.FP32))) {
            Optional<ParitySubject> router = options.format() == Format.FP32 ? Optional.empty() : Optional.of(exact);
            return ParityCheck.run(folder, checkpoint.config(), subject, limit, router);
        }
    }

    private static ParitySubject subject(Checkpoint checkpoint, LoadOptions options) {
        return new NativeParitySubject(NativeCausalModel.load(checkpoint, options), "native");
    }
}
