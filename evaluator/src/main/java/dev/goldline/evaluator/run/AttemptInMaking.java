package dev.goldline.evaluator.run;

import dev.goldline.evaluator.schedule.EndpointGate;
import dev.goldline.evaluator.schedule.FailureClass;
import dev.goldline.evaluator.schedule.Meter;
import dev.goldline.evaluator.schedule.Retries;
import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.ModelFailure;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.profile.Prices;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.LostWork;
import dev.goldline.reports.runlog.PartialStream;
import dev.goldline.reports.runlog.PartialStreams;
import dev.goldline.reports.runlog.PromptTurn;
import dev.goldline.reports.runlog.ThoughtClosed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One attempt from asking to verdict, with as many tries as its failures allow. Made by one thread; {@link #tick} is
 * called by another.
 */
final class AttemptInMaking {
    /** A host that never answered is tried this often, lest a slip in its address cost a minute. */
    private static final int RETRIES_OF_A_STRANGER = 2;

    private final PlannedAttempt planned;
    private final Bench bench;
    private final Meter meter;
    private final boolean limited;
    private final Retries retries;
    private final long start;
    private Transcript transcript = new Transcript();
    private List<LostWork> lost = List.of();
    private volatile @Nullable PartialStream partial;

    /** The thread that waits for the stream, while it does. Guarded by this, as is the next. */
    private @Nullable Thread streaming;

    private Optional<Meter.Reached> reached = Optional.empty();

    AttemptInMaking(PlannedAttempt planned, Bench bench) {
        this.planned = planned;
        this.bench = bench;
        Limits limits = bench.settings().limits();
        this.limited = !limits.isNone();
        this.meter = bench.ledger().meter(planned.key()).inner("attempt", limits.attempt());
        this.retries = new Retries(planned.seed());
        this.start = now();
    }

    private long now() {
        return bench.settings().timing().nanoTime().getAsLong();
    }

    /**
     * Makes the attempt. What fails on our side is in the record, not thrown.
     *
     * @param first leave for the first request; it is given back
     * @throws InterruptedException if the run is stopping: the attempt was dropped, what came of it is kept
     * @throws ModelUnusableException if no attempt can be made until a person mends something
     * @throws IOException if what came of the stream could not be kept
     */
    AttemptRecord make(EndpointGate.Permit first) throws InterruptedException, IOException {
        Instant startedAt = bench.settings().timing().clock().instant();
        Marking.Mark mark;
        try {
            StopReason stop = answer(first);
            mark = bench.judging().run(() -> bench.marking().mark(planned.problem(), transcript, stop));
        } catch (RuntimeException failure) {
            transcript.cut(StopReason.ERROR, "");
            mark = bench.marking().failed(planned.problem(), "model-error", failure);
        }
        return record(startedAt, mark);
    }

    /** Goes on until there is an answer, or no use in trying. */
    private StopReason answer(EndpointGate.Permit first) throws InterruptedException, IOException {
        EndpointGate.Permit permit = first;
        try {
            pickUp();
            while (true) {
                StopReason stop = converse(permit);
                permit.close();
                Optional<Duration> pause = pauseAfter(transcript.failure());
                if (pause.isEmpty()) {
                    return stop;
                }
                bench.settings().timing().pause().sleep(pause.get());
                permit = bench.gate().enter().orElseThrow(() -> new InterruptedException("the run is stopping"));
            }
        } finally {
            permit.close();
            PartialStream kept = partial;
            if (kept != null && bench.stopping().getAsBoolean()) {
                kept.abandoned();
            }
        }
    }

    /** Takes up what an earlier sitting left of this attempt. */
    private void pickUp() throws IOException {
        if (!bench.leftovers()) {
            return;
        }
        Optional<PartialStreams.Left> left = bench.partials().left(planned.key());
        if (left.isEmpty()) {
            return;
        }
        if (bench.model().continuesAnswers() && left.get().seed() == planned.seed()) {
            transcript = Transcript.from(left.get());
            lost = LostWork.plus(left.get().lost(), readAgain("crash"));
        } else {
            lost = left.get().ifRestarted();
        }
        bench.listener().lost(lost.getLast());
    }

    /** A stream that is gone on from loses no output, but its prompt is read, and may be paid, once more. */
    private static LostWork readAgain(String cause) {
        return new LostWork(cause, 1, OptionalLong.empty(), 0, OptionalLong.of(0));
    }

    /** One request: reads its stream to the end. */
    private StopReason converse(EndpointGate.Permit permit) throws InterruptedException, IOException {
        ChatRequest request = planned.request();
        PartialStream keeping = bench.partials().start(planned.key(), planned.seed(), lost);
        if (transcript.offset() > 0) {
            request = request.from(transcript.prefix());
            keepAgain(keeping);
        }
        partial = keeping;
        long asked = now();
        boolean first = true;
        listen();
        try (ChatStream stream = bench.model().open(request)) {
            while (true) {
                if (bench.stopping().getAsBoolean()) {
                    throw new InterruptedException("the run is stopping");
                }
                ChatEvent event = stream.next();
                if (first && !(event instanceof ChatEvent.Stop)) {
                    first = false;
                    permit.firstToken(Duration.ofNanos(now() - asked));
                    bench.answered().now();
                }
                take(event, keeping);
                Optional<ChatEvent.Stop> stop = transcript.stop();
                if (stop.isPresent()) {
                    stop.get().failure().filter(AttemptInMaking::pushesBack).ifPresent(any -> permit.pushedBack());
                    return stop.get().reason();
                }
                if (limited && cutAtLimit(meter.reached())) {
                    return StopReason.BUDGET;
                }
            }
        } catch (InterruptedException interrupted) {
            if (!bench.stopping().getAsBoolean() && cutAtLimit(limitThatInterrupted())) {
                return StopReason.BUDGET;
            }
            throw interrupted;
        } finally {
            stopListening();
        }
    }

    private static boolean pushesBack(ModelFailure failure) {
        return FailureClass.of(failure) == FailureClass.PUSHED_BACK;
    }

    private void keepAgain(PartialStream keeping) throws IOException {
        IOException[] failure = new IOException[1];
        transcript.reasoning().forEach((piece, offset) -> attempt(failure, () -> keeping.reasoning(piece, offset)));
        transcript.thoughtClosed().ifPresent(closed -> attempt(failure, () -> keeping.thoughtClosed(closed)));
        transcript.content().forEach((piece, offset) -> attempt(failure, () -> keeping.content(piece, offset)));
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    private interface Writing {
        void write() throws IOException;
    }

    private static void attempt(@Nullable IOException[] failure, Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            failure[0] = e;
        }
    }

    private void take(ChatEvent event, PartialStream keeping) throws IOException {
        int before = transcript.offset();
        transcript.add(event);
        int tokens = transcript.offset() - before;
        switch (event) {
            case ChatEvent.ReasoningDelta delta -> {
                keeping.reasoning(delta.text(), delta.offset());
                spend(tokens, 0);
            }
            case ChatEvent.ThoughtClosed closed -> {
                keeping.thoughtClosed(new ThoughtClosed(closed.offset(), closed.forced()));
                spend(tokens, 0);
            }
            case ChatEvent.ContentDelta delta -> {
                keeping.content(delta.text(), delta.offset());
                spend(0, tokens);
            }
            case ChatEvent.ToolCallDelta delta -> spend(0, tokens);
            case ChatEvent.UsageReport report ->
                bench.settings().prices().ifPresent(prices -> meter.spend(0, ofPrompt(prices, report)));
            case ChatEvent.Stop stop -> {}
        }
    }

    private void spend(int reasoning, int answer) {
        double price = bench.settings().prices().map(Prices::output).orElse(0.0);
        meter.spend(reasoning + answer, price * (reasoning + answer) / Costs.TOKENS_A_PRICE);
        bench.listener().streamed(reasoning, answer);
    }

    private static double ofPrompt(Prices prices, ChatEvent.UsageReport report) {
        return Costs.prompt(
                prices, report.usage().prompt(), report.usage().cached().orElse(0));
    }

    /** What to do about the end of a try: the pause before the next one, or empty if this was the last. */
    private Optional<Duration> pauseAfter(Optional<ModelFailure> failure) throws ModelUnusableException {
        if (failure.isEmpty()) {
            return Optional.empty();
        }
        FailureClass kind = FailureClass.of(failure.get());
        boolean stranger = kind == FailureClass.CONNECTION
                && !bench.answered().ever()
                && retries.failures() >= RETRIES_OF_A_STRANGER;
        if (kind == FailureClass.HOPELESS || stranger) {
            throw new ModelUnusableException(failure.get().message());
        }
        Optional<Duration> pause = retries.after(kind, failure.get().retryAfter());
        if (pause.isPresent()) {
            LostWork work;
            if (transcript.offset() > 0 && bench.model().continuesAnswers()) {
                work = readAgain(kind.label());
                transcript.reopen();
            } else {
                work = transcript.asLost(kind.label());
                transcript = new Transcript();
            }
            lost = LostWork.plus(lost, work);
            bench.listener().lost(work);
        }
        return pause;
    }

    private boolean cutAtLimit(Optional<Meter.Reached> limit) throws InterruptedException {
        if (limit.isEmpty()) {
            return false;
        }
        if (limit.get().scope().equals(Ledger.RUN)) {
            // Not this attempt's doing: it is dropped and can be made when the limit is raised.
            throw new InterruptedException(limit.get().toString());
        }
        if (!limit.get().scope().equals(Ledger.ATTEMPT)) {
            bench.ledger().close(planned.key(), limit.get());
        }
        transcript.cut(StopReason.BUDGET, limit.get().toString());
        return true;
    }

    private synchronized void listen() {
        streaming = Thread.currentThread();
        reached = Optional.empty();
    }

    private synchronized void stopListening() {
        streaming = null;
        if (reached.isPresent() && !bench.stopping().getAsBoolean()) {
            // The interrupt was ours and has done its work, or came too late.
            var unused = Thread.interrupted();
        }
    }

    private synchronized Optional<Meter.Reached> limitThatInterrupted() {
        return reached;
    }

    /** Keeps on disk what has waited for a tick; ends a stream that says nothing while its time runs out. */
    void tick() throws IOException {
        PartialStream keeping = partial;
        if (keeping != null) {
            keeping.tick();
        }
        if (limited) {
            synchronized (this) {
                if (streaming != null && reached.isEmpty()) {
                    reached = meter.reached();
                    if (reached.isPresent()) {
                        streaming.interrupt();
                    }
                }
            }
        }
    }

    /** The attempt is in the log. */
    void kept() throws IOException {
        PartialStream keeping = partial;
        if (keeping != null) {
            keeping.finished();
        }
        meter.finishedAttempt();
    }

    private AttemptRecord record(Instant startedAt, Marking.Mark mark) {
        ChatEvent.Stop stop = transcript.stop().orElseGet(() -> new ChatEvent.Stop(StopReason.ERROR, ""));
        return new AttemptRecord(
                planned.key(),
                mark.verdict(),
                planned.problem().family(),
                planned.problem().tags(),
                planned.seed(),
                dev.goldline.reports.runlog.StopReason.ofLabel(stop.reason().label()),
                stop.detail(),
                prompt(planned.request()),
                transcript.reported(),
                transcript.counted(),
                transcript.thoughtClosed(),
                transcript.reasoning(),
                transcript.content(),
                startedAt,
                Duration.ofNanos(Math.max(0, now() - start)),
                mark.error(),
                lost);
    }

    private static List<PromptTurn> prompt(ChatRequest request) {
        return request.messages().stream()
                .map(turn -> new PromptTurn(turn.role().name().toLowerCase(Locale.ROOT), turn.content()))
                .toList();
    }
}
