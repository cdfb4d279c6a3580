package dev.goldline.modelruntime.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.goldline.modelruntime.TestConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published and recomputed figures of DeepSeek-V3.2. */
class ModelCostTest {
    private final ModelCost cost = ModelCost.of(TestConfigs.v32());

    @Test
    void counts_parameters() {
        assertThat(cost.totalParameters() / 1e9).isCloseTo(671.88, within(0.005));
        assertThat(cost.activeParameters() / 1e9).isCloseTo(38.4, within(0.05));
        assertThat(cost.activeParametersWithoutEmbedding() / 1e9).isCloseTo(37.5, within(0.05));
        assertThat(cost.linearFlops() / 1e9).isCloseTo(74.95, within(0.01));
    }

    @Test
    void counts_a_tied_embedding_once_and_multiplies_it() {
        ModelCost untied = ModelCost.of(TestConfigs.small());
        ModelCost tied =
                ModelCost.of(TestConfigs.edit(TestConfigs.small()).tied().build());
        assertThat(untied.totalParameters() - tied.totalParameters()).isEqualTo(41 * 32);
        assertThat(tied.activeParametersWithoutEmbedding()).isEqualTo(untied.activeParametersWithoutEmbedding());
    }

    @Test
    void counts_operations_of_a_query_key_pair() {
        assertThat(cost.mqaPairFlops()).isEqualTo(278_528);
        assertThat(cost.mhaPairFlops()).isEqualTo(81_920);
        assertThat(cost.indexerPairFlops()).isEqualTo(16_384);
    }

    @Test
    void finds_the_lengths_at_which_sparse_attention_pays() {
        assertThat(cost.decodeCrossover()).hasValue(2176);
        assertThat(cost.prefillCrossover()).hasValue(8704);
    }

    @Test
    void finds_no_such_length_where_indexing_costs_as_much_as_attending() {
        ModelCost wide = ModelCost.of(
                TestConfigs.edit(TestConfigs.small()).index(64, 128, 6).build());
        assertThat(wide.decodeCrossover()).isEmpty();
        assertThat(wide.prefillCrossover()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2, 10.2, 34.8, 36.8, 85.2, 111.8",
        "4, 20.5, 69.6, 38.9, 95.4, 113.8",
        "8, 40.9, 139.2, 43.0, 115.9, 117.9",
        "16, 81.9, 278.4, 51.2, 156.8, 126.1",
        "32, 163.7, 556.7, 67.5, 238.7, 142.5",
        "64, 327.5, 1113.5, 100.3, 402.4, 175.2",
        "128, 655.0, 2226.9, 165.8, 729.9, 240.7"
    })
    void counts_operations_of_a_token(int k, double mha, double mqa, double dsa, double dense, double sparse) {
        long context = k * 1024L;
        assertThat(cost.denseMhaFlops(context) / 1e9).isCloseTo(mha, within(0.06));
        assertThat(cost.denseMqaFlops(context) / 1e9).isCloseTo(mqa, within(0.06));
        assertThat(cost.dsaFlops(context) / 1e9).isCloseTo(dsa, within(0.06));
        assertThat((cost.linearFlops() + cost.denseMhaFlops(context)) / 1e9).isCloseTo(dense, within(0.1));
        assertThat((cost.linearFlops() + cost.dsaFlops(context)) / 1e9).isCloseTo(sparse, within(0.1));
    }

    @Test
    void counts_cache_bytes_as_the_service_stores_them() {
        assertThat(cost.latentCacheBytes(CacheFormat.FP8)).isEqualTo(656 * 61);
        assertThat(cost.indexCacheBytes(CacheFormat.FP8)).isEqualTo(132 * 61);
        assertThat(cost.latentCacheBytes(CacheFormat.FP8) + cost.indexCacheBytes(CacheFormat.FP8))
                .isEqualTo(48_068);
        assertThat(cost.latentCacheBytes(CacheFormat.BF16) + cost.indexCacheBytes(CacheFormat.BF16))
                .isEqualTo(1408 * 61);
    }

    @ParameterizedTest
    @CsvSource({"8, 0.576, 0.328, 0.148", "32, 2.303, 1.311, 0.346", "128, 9.211, 5.245, 1.137"})
    void counts_bytes_read_by_a_decoded_token(int k, double bf16, double fp8, double sparse) {
        long context = k * 1024L;
        assertThat(cost.denseBytesRead(context, CacheFormat.BF16) / 1e9).isCloseTo(bf16, within(0.001));
        assertThat(cost.denseBytesRead(context, CacheFormat.FP8) / 1e9).isCloseTo(fp8, within(0.001));
        assertThat(cost.dsaBytesRead(context, CacheFormat.FP8) / 1e9).isCloseTo(sparse, within(0.001));
    }

    @Test
    void scores_nothing_while_every_key_is_selected() {
        assertThat(cost.decode(2048).indexerFlops()).isZero();
        assertThat(cost.decode(2049).indexerFlops()).isEqualTo(16_384.0 * 2049 * 61);
    }
}
