package dev.goldline.modelruntime.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.goldline.modelruntime.chat.Sampling;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplerTest {
    private static final float NEVER = Float.NEGATIVE_INFINITY;

    @Test
    void temperature_zero_takes_the_most_likely_token_and_of_equals_the_lower_id() {
        Sampler greedy = new Sampler(Sampling.greedy(), 5);
        assertThat(greedy.next(new float[] {1, 3, 2, 3, NEVER})).isEqualTo(1);
        assertThat(greedy.next(new float[] {-0f, 0f, -0f, 0f, -1})).isZero();
    }

    @Test
    void frequencies_match_the_softmax_at_each_temperature() {
        float[] logits = {0.3f, -1.2f, 2.0f, 1.1f, 0.0f, -0.4f, 1.9f, NEVER};
        for (double temperature : new double[] {0.5, 1.0, 1.7}) {
            double[] expected = softmax(logits, temperature);
            double chiSquare = chiSquare(new Sampler(new Sampling(temperature, 1, 0, 42), 8), logits, expected);
            // 0.999 quantile of chi-square with 6 degrees of freedom; the seed is fixed, so this cannot flicker.
            assertThat(chiSquare).as("temperature %s", temperature).isLessThan(22.46);
        }
    }

    @Test
    void frequencies_match_the_renormalised_nucleus() {
        float[] logits = {(float) Math.log(0.4), (float) Math.log(0.3), (float) Math.log(0.2), (float) Math.log(0.1)};
        double[] expected = {0.4 / 0.9, 0.3 / 0.9, 0.2 / 0.9, 0};
        // 0.999 quantile, 2 degrees of freedom
        assertThat(chiSquare(new Sampler(new Sampling(1, 0.85, 0, 5), 4), logits, expected))
                .isLessThan(13.82);
    }

    @Test
    void top_k_comes_before_top_p() {
        float[] logits = {(float) Math.log(0.4), (float) Math.log(0.3), (float) Math.log(0.2), (float) Math.log(0.1)};
        // Of the two kept by top-k, the first holds 4/7 = 0.571: enough for 0.55, though of all tokens it holds 0.4.
        assertThat(drawn(new Sampling(1, 0.55, 2, 1), logits)).containsExactly(0);
        assertThat(drawn(new Sampling(1, 0.55, 0, 1), logits)).containsExactly(0, 1);
    }

    @Test
    void among_equal_logits_the_lower_ids_are_kept() {
        float[] logits = {0, 1, 1, 1, 1, 0};
        assertThat(drawn(new Sampling(1, 1, 2, 1), logits)).containsExactly(1, 2);
        assertThat(drawn(new Sampling(1, 0.3, 0, 1), logits)).containsExactly(1, 2);
    }

    @Test
    void draws_what_a_full_sort_would_draw() {
        Random random = new Random(101);
        for (int round = 0; round < 400; round++) {
            int vocab = 1 + random.nextInt(300);
            float[] logits = randomLogits(random, vocab);
            Sampling sampling = new Sampling(
                    0.2 + 2 * random.nextDouble(),
                    random.nextInt(3) == 0 ? 1 : 0.05 + 0.949 * random.nextDouble(),
                    random.nextBoolean() ? 0 : 1 + random.nextInt(vocab + 5),
                    random.nextLong());
            Sampler sampler = new Sampler(sampling, vocab);
            RandomStream stream = new RandomStream(sampling.seed());
            for (int i = 0; i < 20; i++) {
                assertThat(sampler.next(logits))
                        .as("round %d, %s", round, sampling)
                        .isEqualTo(bySorting(logits, sampling, stream.nextDouble()));
            }
        }
    }

    @Test
    void same_seed_same_tokens_and_other_seed_other_tokens() {
        float[] logits = new float[512];
        assertThat(tokens(new Sampler(Sampling.published(9), 512), logits, 50))
                .isEqualTo(tokens(new Sampler(Sampling.published(9), 512), logits, 50))
                .isNotEqualTo(tokens(new Sampler(Sampling.published(10), 512), logits, 50));
    }

    @Test
    void these_tokens_come_out_on_every_machine() {
        float[] logits = new float[512];
        for (int id = 0; id < logits.length; id++) {
            logits[id] = (id * 37 % 101) / 16f;
        }
        assertThat(tokens(new Sampler(new Sampling(0.9, 0.95, 100, 2026), 512), logits, 12))
                .containsExactly(439, 330, 109, 60, 38, 232, 431, 439, 60, 333, 502, 169);
    }

    @Test
    void another_thread_does_not_change_the_tokens() throws InterruptedException {
        float[] logits = randomLogits(new Random(4), 512);
        int[] here = tokens(new Sampler(Sampling.published(3), 512), logits, 100);
        int[][] there = new int[8][];
        List<Thread> threads = IntStream.range(0, there.length)
                .mapToObj(t -> Thread.ofPlatform()
                        .start(() -> there[t] = tokens(new Sampler(Sampling.published(3), 512), logits, 100)))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        for (int[] tokens : there) {
            assertThat(tokens).isEqualTo(here);
        }
    }

    @Test
    void one_random_number_a_token_however_few_are_kept() {
        float[] certain = {0, NEVER, NEVER};
        float[] open = {0, 0, 0};
        Sampler sampler = new Sampler(new Sampling(1, 0.9, 0, 77), 3);
        sampler.next(certain);
        RandomStream stream = new RandomStream(77);
        stream.nextDouble();
        assertThat(sampler.next(open)).isEqualTo((int) (stream.nextDouble() * 3));
    }

    @Test
    void logits_that_are_no_numbers_are_an_error_and_name_the_token() {
        for (Sampling sampling : List.of(Sampling.greedy(), Sampling.published(1), new Sampling(1, 1, 2, 1))) {
            Sampler sampler = new Sampler(sampling, 3);
            assertThatThrownBy(() -> sampler.next(new float[] {1, Float.NaN, 2}))
                    .isInstanceOf(InvalidLogitsException.class)
                    .hasMessage("logit of token 1 is NaN");
            assertThatThrownBy(() -> sampler.next(new float[] {1, 2, Float.POSITIVE_INFINITY}))
                    .isInstanceOf(InvalidLogitsException.class)
                    .hasMessage("logit of token 2 is infinite");
            assertThatThrownBy(() -> sampler.next(new float[] {NEVER, NEVER, NEVER}))
                    .isInstanceOf(InvalidLogitsException.class)
                    .hasMessage("every logit is minus infinity");
            assertThatIllegalArgumentException().isThrownBy(() -> sampler.next(new float[2]));
        }
    }

    @Test
    void padding_after_the_vocabulary_is_never_drawn() {
        assertThat(new Sampler(Sampling.greedy(), 2).next(new float[] {1, 2, 9}))
                .isEqualTo(1);
    }

    @Test
    void extreme_temperatures_stay_within_the_vocabulary() {
        float[] logits = randomLogits(new Random(8), 100);
        assertThat(drawn(new Sampling(Double.MIN_VALUE, 0.9, 0, 1), logits)).hasSize(1);
        assertThat(drawn(new Sampling(1e300, 1, 0, 1), logits)).hasSizeGreaterThan(80);
    }

    @Test
    void drawing_allocates_nothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        float[] logits = randomLogits(new Random(6), 4096);
        Sampler sampler = new Sampler(new Sampling(0.8, 0.9, 500, 1), 4096);
        for (int i = 0; i < 100; i++) {
            sampler.next(logits);
        }
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            sampler.next(logits);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4096);
    }

    /** The definition, with a full sort: temperature, top-k, top-p, then a walk by id. */
    private static int bySorting(float[] logits, Sampling sampling, double random) {
        List<Integer> order = IntStream.range(0, logits.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer id) -> -logits[id]).thenComparing(id -> id))
                .toList();
        if (sampling.topK() > 0) {
            order = order.subList(0, Math.min(sampling.topK(), order.size()));
        }
        double[] softmax = softmax(logits, sampling.temperature());
        double total = order.stream().mapToDouble(id -> softmax[id]).sum();
        double reached = 0;
        int kept = 0;
        while (kept < order.size() && reached < sampling.topP() * total) {
            reached += softmax[order.get(kept++)];
        }
        Set<Integer> nucleus = order.subList(0, sampling.topP() == 1 ? order.size() : kept).stream()
                .collect(Collectors.toCollection(TreeSet::new));
        double mass = nucleus.stream().mapToDouble(id -> softmax[id]).sum();
        double walked = 0;
        int last = -1;
        for (int id : nucleus) {
            walked += softmax[id];
            if (softmax[id] > 0) {
                last = id;
                if (random * mass < walked) {
                    return id;
                }
            }
        }
        return last;
    }

    private static double[] softmax(float[] logits, double temperature) {
        double highest = Double.NEGATIVE_INFINITY;
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double[] p = new double[logits.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = StrictMath.exp((logits[i] - highest) / temperature);
        }
        double sum = Arrays.stream(p).sum();
        return Arrays.stream(p).map(w -> w / sum).toArray();
    }

    private static double chiSquare(Sampler sampler, float[] logits, double[] expected) {
        int n = 20_000;
        int[] counts = new int[logits.length];
        for (int i = 0; i < n; i++) {
            counts[sampler.next(logits)]++;
        }
        double chiSquare = 0;
        for (int id = 0; id < counts.length; id++) {
            if (expected[id] == 0) {
                assertThat(counts[id]).isZero();
            } else {
                double difference = counts[id] - n * expected[id];
                chiSquare += difference * difference / (n * expected[id]);
            }
        }
        return chiSquare;
    }

    private static float[] randomLogits(Random random, int vocab) {
        float[] logits = new float[vocab];
        boolean coarse = random.nextBoolean(); // many ties
        for (int id = 0; id < vocab; id++) {
            float logit = (float) random.nextGaussian() * 3;
            logits[id] = random.nextInt(20) == 0 && id > 0 ? NEVER : coarse ? Math.round(logit) : logit;
        }
        return logits;
    }

    private static int[] tokens(Sampler sampler, float[] logits, int n) {
        return IntStream.range(0, n).map(i -> sampler.next(logits)).toArray();
    }

    private static Set<Integer> drawn(Sampling sampling, float[] logits) {
        Sampler sampler = new Sampler(sampling, logits.length);
        return IntStream.of(tokens(sampler, logits, 500)).boxed().collect(Collectors.toCollection(TreeSet::new));
    }
}
