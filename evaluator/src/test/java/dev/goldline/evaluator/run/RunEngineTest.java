package dev.goldline.evaluator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.RunLogException;
import dev.goldline.reports.runlog.RunLogReader;
import dev.goldline.reports.runlog.RunLogWriter;
import dev.goldline.reports.runlog.StopReason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class RunEngineTest {
    private static final ChatModel ADDING = new AddingModel(Duration.ZERO);

    @TempDir
    Path folder;

    @Test
    void makes_every_attempt_of_the_plan_once() throws Exception {
        RunPlan plan = Sums.plan(7, 3, 1);

        assertThat(run(ADDING, plan, 4)).isTrue();

        assertThat(attempts().keySet())
                .hasSize(7 * 3 * 2)
                .containsExactlyInAnyOrderElementsOf(plan.attempts("adding").stream()
                        .map(PlannedAttempt::key)
                        .toList());
    }

    @Test
    void the_same_seed_gives_the_same_tokens_whatever_the_concurrency_or_the_order() throws Exception {
        RunPlan plan = Sums.plan(7, 3, 1);
        run(ADDING, plan, 1);
        Map<AttemptKey, AttemptRecord> alone = attempts();

        folder = folder.resolve("again");
        run(ADDING, plan, 5);

        attempts().forEach((key, attempt) -> {
            AttemptRecord other = alone.get(key);
            assertThat(other).isNotNull();
            assertThat(attempt.reasoning()).isEqualTo(other.reasoning());
            assertThat(attempt.content()).isEqualTo(other.content());
            assertThat(attempt.verdict()).isEqualTo(other.verdict());
            assertThat(attempt.seed()).isEqualTo(other.seed());
        });
    }

    @Test
    void no_two_attempts_share_a_random_stream_and_another_seed_changes_all() {
        Set<Long> seeds = Set.copyOf(Sums.plan(20, 5, 1).attempts("m").stream()
                .map(PlannedAttempt::seed)
                .toList());
        Set<Long> others = Set.copyOf(Sums.plan(20, 5, 2).attempts("m").stream()
                .map(PlannedAttempt::seed)
                .toList());

        assertThat(seeds).hasSize(20 * 5 * 2).doesNotContainAnyElementsOf(others);
    }

    @Test
    void a_larger_plan_keeps_the_seeds_of_a_smaller_one() {
        Map<AttemptKey, Long> small = seeds(Sums.plan(3, 2, 9));

        assertThat(seeds(Sums.plan(8, 4, 9))).containsAllEntriesOf(small);
    }

    private static Map<AttemptKey, Long> seeds(RunPlan plan) {
        Map<AttemptKey, Long> seeds = new LinkedHashMap<>();
        plan.attempts("m").forEach(attempt -> seeds.put(attempt.key(), attempt.seed()));
        return seeds;
    }

    @Test
    void a_stopped_run_keeps_what_finished_and_goes_on_where_it_was() throws Exception {
        RunPlan plan = Sums.plan(10, 2, 1);
        RunEngine engine = new RunEngine(new AddingModel(Duration.ofMillis(1)), Sums.JUDGES, 2);
        CountDownLatch some = new CountDownLatch(5);
        Thread stopper = Thread.ofVirtual().start(() -> {
            try {
                some.await();
                engine.stop();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try (RunLogWriter log = Sums.log(folder, plan)) {
            assertThat(engine.run(plan, log, attempt -> some.countDown())).isFalse();
        }
        stopper.join();
        Map<AttemptKey, AttemptRecord> before = attempts();
        assertThat(before).hasSizeBetween(5, 39);

        AtomicInteger made = new AtomicInteger();
        try (RunLogWriter log = Sums.log(folder, plan)) {
            boolean complete = new RunEngine(ADDING, Sums.JUDGES, 2).run(plan, log, attempt -> made.incrementAndGet());
            assertThat(complete).isTrue();
        }

        assertThat(made).hasValue(40 - before.size());
        assertThat(attempts()).hasSize(40).containsAllEntriesOf(before);
    }

    @Test
    void a_run_stopped_before_it_starts_makes_nothing() throws Exception {
        RunPlan plan = Sums.plan(3, 1, 1);
        RunEngine engine = new RunEngine(ADDING, Sums.JUDGES, 2);
        engine.stop();

        try (RunLogWriter log = Sums.log(folder, plan)) {
            assertThat(engine.run(plan, log, attempt -> {})).isFalse();
        }
        assertThat(attempts()).isEmpty();
    }

    @Test
    void resuming_with_another_plan_is_refused_and_names_what_differs() throws Exception {
        Sums.log(folder, Sums.plan(3, 1, 1)).close();

        assertThatThrownBy(() -> Sums.log(folder, Sums.plan(3, 1, 2)))
                .isInstanceOf(RunLogException.class)
                .hasMessageContaining("seed: the run has 1, asked for now is 2");
    }

    @Test
    void a_mode_the_model_lacks_is_refused_before_anything_is_written() {
        RunPlan plan = new RunPlan(
                "sums",
                List.of(Sums.mode(Mode.NON_THINKING, 9, OptionalInt.empty())),
                List.of(Sums.set(1)),
                PromptTemplate.PLAIN,
                1,
                1);

        assertThatThrownBy(() -> Sums.log(folder, plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model 'adding' has no mode 'non-thinking'; it has standard, speciale");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_model_that_throws_leaves_the_attempt_unscored_and_the_next_run_makes_it_again() throws Exception {
        RunPlan plan = Sums.plan(2, 1, 1);
        ChatModel broken = opening(request -> {
            if (request.messages().getLast().content().equals("1+3")) {
                throw new IllegalStateException("weights are gone");
            }
            return ADDING.open(request);
        });
        run(broken, plan, 2);

        AttemptRecord failed = attempts().values().stream()
                .filter(each -> each.key().problem().equals("sum-1"))
                .findFirst()
                .orElseThrow();
        assertThat(failed.verdict().outcome()).isEqualTo(Outcome.UNSCORED);
        assertThat(failed.error()).contains("IllegalStateException: weights are gone");
        assertThat(failed.stopReason()).isEqualTo(StopReason.ERROR);

        run(ADDING, plan, 2);
        assertThat(attempts()).hasSize(4);
        assertThat(attempts().values())
                .allSatisfy(attempt -> assertThat(attempt.verdict().outcome()).isIn(Outcome.CORRECT, Outcome.WRONG));
    }

    @Test
    void a_log_that_cannot_be_written_ends_the_run() throws Exception {
        RunPlan plan = Sums.plan(5, 1, 1);
        RunLogWriter log = Sums.log(folder, plan);
        log.close();

        assertThatThrownBy(() -> new RunEngine(ADDING, Sums.JUDGES, 2).run(plan, log, attempt -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void an_answer_in_a_half_thought_is_never_judged() throws Exception {
        ChatModel muttering = saying(
                new ChatEvent.ReasoningDelta("\\boxed{0}", 5),
                new ChatEvent.Stop(dev.goldline.modelruntime.chat.StopReason.LENGTH, ""));
        run(muttering, Sums.plan(1, 1, 1), 1);

        assertThat(attempts().values()).allSatisfy(attempt -> {
            assertThat(attempt.verdict().outcome()).isEqualTo(Outcome.WRONG);
            assertThat(attempt.verdict().code()).isEqualTo("no-answer");
            assertThat(attempt.stopReason()).isEqualTo(StopReason.LENGTH);
            assertThat(attempt.solved()).isFalse();
        });
    }

    @Test
    void an_answer_that_began_before_the_limit_is_judged_but_does_not_count_as_solved() throws Exception {
        ChatModel long_winded = saying(
                new ChatEvent.ThoughtClosed(1, false),
                new ChatEvent.ContentDelta("\\boxed{0}", 5),
                new ChatEvent.Stop(dev.goldline.modelruntime.chat.StopReason.LENGTH, ""));
        run(long_winded, Sums.plan(1, 1, 1), 1);

        assertThat(attempts().values()).allSatisfy(attempt -> {
            assertThat(attempt.verdict().outcome()).isEqualTo(Outcome.CORRECT);
            assertThat(attempt.solved()).isFalse();
        });
    }

    @Test
    void a_stream_that_broke_is_unscored_even_if_it_held_the_answer() throws Exception {
        ChatModel cut = saying(
                new ChatEvent.ContentDelta("\\boxed{0}", 5),
                new ChatEvent.Stop(dev.goldline.modelruntime.chat.StopReason.ERROR, "connection reset"));
        run(cut, Sums.plan(1, 1, 1), 1);

        assertThat(attempts().values()).allSatisfy(attempt -> {
            assertThat(attempt.verdict().outcome()).isEqualTo(Outcome.UNSCORED);
            assertThat(attempt.error()).contains("connection reset");
        });
    }

    @Test
    void the_log_holds_the_whole_stream_with_its_token_counts() throws Exception {
        run(ADDING, Sums.plan(1, 1, 1), 1);

        assertThat(attempts().values()).allSatisfy(attempt -> {
            assertThat(attempt.reported()).isPresent();
            assertThat(attempt.counted().orElseThrow().output())
                    .isEqualTo(attempt.reported().orElseThrow().output());
            assertThat(attempt.counted().orElseThrow().reasoning())
                    .isEqualTo(attempt.reported().orElseThrow().reasoning());
            assertThat(attempt.thoughtClosed()).isPresent();
            assertThat(attempt.prompt())
                    .singleElement()
                    .satisfies(turn -> assertThat(turn.text()).isEqualTo("0+0"));
        });
    }

    private boolean run(ChatModel model, RunPlan plan, int concurrency) throws Exception {
        try (RunLogWriter log = Sums.log(folder, plan)) {
            return new RunEngine(model, Sums.JUDGES, concurrency).run(plan, log, attempt -> {});
        }
    }

    private Map<AttemptKey, AttemptRecord> attempts() throws Exception {
        Map<AttemptKey, AttemptRecord> attempts = new LinkedHashMap<>();
        try (RunLogReader log = RunLogReader.open(folder)) {
            for (Optional<AttemptRecord> next = log.next(); next.isPresent(); next = log.next()) {
                assertThat(attempts.put(next.get().key(), next.get())).isNull();
            }
        }
        return attempts;
    }

    private static ChatModel saying(ChatEvent... events) {
        return opening(request -> new ChatStream() {
            private int next;

            @Override
            public ChatEvent next() {
                return events[next++];
            }

            @Override
            public void close() {}
        });
    }

    private static ChatModel opening(Function<ChatRequest, ChatStream> opening) {
        return new ChatModel() {
            @Override
            public String name() {
                return ADDING.name();
            }

            @Override
            public String revision() {
                return ADDING.revision();
            }

            @Override
            public Set<dev.goldline.modelruntime.chat.Mode> modes() {
                return ADDING.modes();
            }

            @Override
            public ChatStream open(ChatRequest request) {
                return opening.apply(request);
            }

            @Override
            public void close() {}
        };
    }
}
