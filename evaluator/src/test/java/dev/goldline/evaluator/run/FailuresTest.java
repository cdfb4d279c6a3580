package dev.goldline.evaluator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.goldline.evaluator.schedule.Limit;
import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.ModelFailure;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.LostWork;
import dev.goldline.reports.runlog.Outcome;
import dev.goldline.reports.runlog.RunLogReader;
import dev.goldline.reports.runlog.RunLogWriter;
import dev.goldline.reports.runlog.RunNote;
import dev.goldline.reports.runlog.RunNotes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What breaks on the way to a model, and what becomes of the attempt. Pauses take no time here. */
@NullMarked
class FailuresTest {
    private static final ChatModel ADDING = new AddingModel(Duration.ZERO);
    private static final Timing TIMING = new Timing(InstantSource.system(), System::nanoTime, pause -> {});

    @TempDir
    Path folder;

    @Test
    void a_request_turned_away_twice_is_answered_at_the_third_try_and_cost_nothing() throws Exception {
        run(failingFirst(2, new ModelFailure.RateLimited("busy", Optional.empty()), List.of()), settings(Limits.NONE));

        assertThat(attempts()).hasSize(2).allSatisfy(attempt -> {
            assertThat(attempt.verdict().outcome()).isIn(Outcome.CORRECT, Outcome.WRONG);
            assertThat(attempt.lost())
                    .containsExactly(new LostWork("rate-limit", 2, OptionalLong.of(0), 0, OptionalLong.of(0)));
        });
    }

    @Test
    void a_cut_stream_is_made_again_and_its_tokens_are_shown_as_lost() throws Exception {
        run(
                failingFirst(
                        1, new ModelFailure.CutStream("cut"), List.of(new ChatEvent.ReasoningDelta("half a thou", 7))),
                settings(Limits.NONE));

        assertThat(attempts()).allSatisfy(attempt -> {
            assertThat(attempt.lostOutputTokens()).isEqualTo(7);
            assertThat(attempt.reasoning().text()).doesNotContain("half");
            assertThat(attempt.verdict().outcome()).isNotEqualTo(Outcome.UNSCORED);
        });
    }

    @Test
    void a_refused_request_is_unscored_and_never_wrong() throws Exception {
        run(failingFirst(9, new ModelFailure.BadRequest("no such field"), List.of()), settings(Limits.NONE));

        assertThat(attempts()).allSatisfy(attempt -> {
            assertThat(attempt.verdict().outcome()).isEqualTo(Outcome.UNSCORED);
            assertThat(attempt.error()).contains("no such field");
        });
    }

    @Test
    void a_wrong_key_ends_the_run_with_what_the_endpoint_says() {
        assertThatThrownBy(() -> run(
                        failingFirst(9, new ModelFailure.Unauthorized("401: set KEY"), List.of()),
                        settings(Limits.NONE)))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessage("401: set KEY");
    }

    @Test
    void a_host_that_never_answered_ends_the_run_soon() {
        assertThatThrownBy(() -> run(
                        failingFirst(99, new ModelFailure.Unreachable("no route to host"), List.of()),
                        settings(Limits.NONE)))
                .isInstanceOf(ModelUnusableException.class)
                .hasMessage("no route to host");
    }

    @Test
    void an_attempt_at_its_limit_is_censored() throws Exception {
        run(ADDING, settings(new Limits(tokens(2), Limit.NONE, Limit.NONE)));

        assertThat(attempts()).allSatisfy(attempt -> {
            assertThat(attempt.stopReason()).isEqualTo(dev.goldline.reports.runlog.StopReason.BUDGET);
            assertThat(attempt.stopDetail()).isEqualTo("the limit of the attempt, 2 tokens, was reached");
            assertThat(attempt.counted().orElseThrow().output()).isEqualTo(2);
        });
    }

    @Test
    void a_run_at_its_limit_ends_and_goes_on_when_the_limit_is_raised() throws Exception {
        RunPlan plan = Sums.plan(20, 1, 3);
        try (RunLogWriter log = Sums.log(folder, plan)) {
            RunEngine engine =
                    new RunEngine(ADDING, Sums.JUDGES, settings(new Limits(Limit.NONE, Limit.NONE, tokens(60))));
            assertThat(engine.run(plan, log, attempt -> {})).isFalse();
            assertThat(engine.ending()).isEqualTo("the limit of the run, 60 tokens, was reached");
        }
        assertThat(attempts())
                .hasSizeBetween(1, 39)
                .noneMatch(attempt -> attempt.stopReason().truncated());

        try (RunLogWriter log = Sums.log(folder, plan)) {
            assertThat(new RunEngine(ADDING, Sums.JUDGES, settings(Limits.NONE)).run(plan, log, attempt -> {}))
                    .isTrue();
        }
        assertThat(attempts()).hasSize(40);
    }

    @Test
    void a_settled_problem_gets_no_more_attempts_only_if_asked_for_and_that_is_noted() throws Exception {
        RunPlan plan = Sums.plan(1, 40, 3);
        RunSettings asked = new RunSettings(1, Limits.NONE, true, Optional.empty(), TIMING);
        try (RunLogWriter log = Sums.log(folder, plan)) {
            assertThat(new RunEngine(ADDING, Sums.JUDGES, asked).run(plan, log, attempt -> {}))
                    .isTrue();
        }

        assertThat(attempts()).hasSizeLessThan(80);
        assertThat(RunNotes.read(folder))
                .isNotEmpty()
                .allMatch(note -> note.kind() == RunNote.Kind.SETTLED
                        && "40".equals(note.facts().get("of")));
    }

    private void run(ChatModel model, RunSettings settings) throws Exception {
        RunPlan plan = Sums.plan(1, 1, 1);
        try (RunLogWriter log = Sums.log(folder, plan)) {
            new RunEngine(model, Sums.JUDGES, settings).run(plan, log, attempt -> {});
        }
    }

    private static RunSettings settings(Limits limits) {
        return new RunSettings(1, limits, false, Optional.empty(), TIMING);
    }

    private static Limit tokens(long most) {
        return new Limit(OptionalLong.of(most), OptionalDouble.empty(), Optional.empty(), OptionalInt.empty());
    }

    private List<AttemptRecord> attempts() throws Exception {
        List<AttemptRecord> attempts = new ArrayList<>();
        try (RunLogReader log = RunLogReader.open(folder)) {
            for (Optional<AttemptRecord> next = log.next(); next.isPresent(); next = log.next()) {
                attempts.add(next.get());
            }
        }
        return attempts;
    }

    /** Each attempt's first tries fail so. */
    private static ChatModel failingFirst(int tries, ModelFailure failure, List<ChatEvent> before) {
        Map<Long, Integer> asked = new ConcurrentHashMap<>();
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
            public Set<Mode> modes() {
                return ADDING.modes();
            }

            @Override
            public ChatStream open(ChatRequest request) {
                if (asked.merge(request.sampling().seed(), 1, Integer::sum) > tries) {
                    return ADDING.open(request);
                }
                List<ChatEvent> events = new ArrayList<>(before);
                events.add(new ChatEvent.Stop(StopReason.ERROR, "", Optional.of(failure)));
                return new ChatStream() {
                    private int next;

                    @Override
                    public ChatEvent next() {
                        return events.get(next++);
                    }

                    @Override
                    public void close() {}
                };
            }

            @Override
            public void close() {}
        };
    }
}
