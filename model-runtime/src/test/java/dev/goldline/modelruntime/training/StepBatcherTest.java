package dev.goldline.modelruntime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.goldline.modelruntime.djl.TokenRows;
import dev.goldline.modelruntime.training.StepBatcher.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StepBatcherTest {
    private static final int[] LENGTHS = new SplittableRandom(3).ints(97, 2, 90).toArray();

    private static List<Long> numbers(Step step) {
        List<Long> numbers = new ArrayList<>();
        for (TokenRows part : step.parts()) {
            for (int row = 0; row < part.lengths().length; row++) {
                numbers.add(part.ids()[row * part.width()]);
            }
        }
        return numbers;
    }

    @Test
    void every_document_is_used_once_and_steps_follow_each_other() {
        StepBatcher batcher = new StepBatcher(Documents.numbered(LENGTHS), Recipes.of(1_000_000, 1000, 4, 90));
        long next = 0;
        for (int i = 0; i < 20; i++) {
            Step step = batcher.step(next);
            assertThat(numbers(step))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(next, step.nextDocument()).boxed().toList());
            next = step.nextDocument();
        }
    }

    @Test
    void a_step_has_its_tokens_and_no_document_more_than_it_needs() {
        StepBatcher batcher = new StepBatcher(Documents.numbered(LENGTHS), Recipes.of(1_000_000, 1000, 4, 90));
        long next = 0;
        for (int i = 0; i < 20; i++) {
            Step step = batcher.step(next);
            long counted = step.parts().stream()
                    .flatMapToInt(part -> Arrays.stream(part.lengths()))
                    .sum();
            assertThat(step.tokens()).isEqualTo(counted).isBetween(1000L, 1000L + 89);
            next = step.nextDocument();
        }
    }

    @Test
    void a_step_starts_anywhere_and_is_always_the_same() {
        StepBatcher batcher = new StepBatcher(Documents.numbered(LENGTHS), Recipes.of(1_000_000, 500, 3, 90));
        assertThat(batcher.step(41)).usingRecursiveComparison().isEqualTo(batcher.step(41));
        assertThat(numbers(batcher.step(41))).contains(41L).doesNotContain(40L);
    }

    @Test
    void short_documents_and_long_ones_are_in_different_parts() {
        StepBatcher batcher = new StepBatcher(Documents.numbered(LENGTHS), Recipes.of(1_000_000, 2000, 4, 90));
        int longest = 0;
        List<TokenRows> parts = batcher.step(0).parts();
        assertThat(parts).hasSize(4);
        for (TokenRows part : parts) {
            assertThat(Arrays.stream(part.lengths()).min().orElseThrow()).isGreaterThanOrEqualTo(longest);
            longest = Arrays.stream(part.lengths()).max().orElseThrow();
            assertThat(part.width()).as("padded width").isBetween(longest, longest + 15);
            assertThat(part.width() % 16).isZero();
        }
    }

    @Test
    void there_are_as_many_parts_as_shards_even_where_one_document_has_all_the_tokens() {
        StepBatcher batcher = new StepBatcher(Documents.numbered(90, 2, 2, 2), Recipes.of(1_000_000, 50, 4, 90));
        assertThat(batcher.step(0).parts())
                .hasSize(4)
                .allSatisfy(part -> assertThat(part.lengths()).hasSize(1));
    }

    @Test
    void documents_that_are_too_long_are_left_out() {
        StepBatcher batcher = new StepBatcher(Documents.numbered(10, 51, 50), Recipes.of(1_000_000, 200, 2, 50));
        Step step = batcher.step(0);
        assertThat(numbers(step)).contains(0L, 2L, 3L).noneMatch(number -> number % 3 == 1);
        assertThat(numbers(batcher.step(step.nextDocument()))).noneMatch(number -> number % 3 == 1);
    }

    @Test
    void says_so_when_all_documents_are_too_long() {
        StepBatcher batcher = new StepBatcher(Documents.numbered(51), Recipes.of(1_000_000, 200, 2, 50));
        assertThatThrownBy(() -> batcher.step(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max_document_tokens is 50 but more than 10000 documents of one step are longer; raise it");
    }

    @Test
    void the_first_token_and_padding_are_never_learned() {
        DocumentSource all = index -> {
            boolean[] learned = new boolean[5];
            Arrays.fill(learned, true);
            return new TrainingDocument(new int[] {9, 9, 9, 9, 9}, learned);
        };
        TokenRows rows =
                new StepBatcher(all, Recipes.of(1000, 5, 1, 50)).step(0).parts().getFirst();
        assertThat(rows.learned())
                .containsExactly(
                        false, true, true, true, true, false, false, false, false, false, false, false, false, false,
                        false, false);
    }
}
