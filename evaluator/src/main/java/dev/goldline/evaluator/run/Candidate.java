package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.PromptTurn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** A model sitting the problems: makes one attempt at a time on the thread that asks. Safe for use by many. */
final class Candidate {
    private final ChatModel model;
    private final Marking marking;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    Candidate(ChatModel model, Judges judges, InstantSource clock, LongSupplier nanoTime) {
        this.model = model;
        this.marking = new Marking(judges);
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /**
     * Makes one attempt from asking to verdict. What fails on our side is in the record, not thrown.
     *
     * @param abandoned asked between events; once true the attempt is dropped
     * @throws InterruptedException if the attempt was dropped
     */
    AttemptRecord attempt(PlannedAttempt planned, BooleanSupplier abandoned) throws InterruptedException {
        Instant startedAt = clock.instant();
        long start = nanoTime.getAsLong();
        Transcript transcript = new Transcript();
        ChatRequest request = planned.request();
        StopReason stop = StopReason.ERROR;
        Marking.Mark mark;
        try {
            stop = converse(request, transcript, abandoned);
            mark = marking.mark(planned.problem(), transcript, stop);
        } catch (RuntimeException failure) {
            mark = marking.failed(planned.problem(), "model-error", failure);
        }
        return new AttemptRecord(
                planned.key(),
                mark.verdict(),
                planned.problem().family(),
                planned.problem().tags(),
                planned.seed(),
                dev.goldline.reports.runlog.StopReason.ofLabel(stop.label()),
                transcript.stopDetail(),
                prompt(request),
                transcript.reported(),
                transcript.counted(),
                transcript.thoughtClosed(),
                transcript.reasoning(),
                transcript.content(),
                startedAt,
                Duration.ofNanos(nanoTime.getAsLong() - start),
                mark.error());
    }

    private StopReason converse(ChatRequest request, Transcript transcript, BooleanSupplier abandoned)
            throws InterruptedException {
        try (ChatStream stream = model.open(request)) {
            Optional<StopReason> stop = transcript.stopReason();
            while (stop.isEmpty()) {
                if (abandoned.getAsBoolean()) {
                    throw new InterruptedException("the run is stopping");
                }
                transcript.add(stream.next());
                stop = transcript.stopReason();
            }
            return stop.get();
        }
    }

    private static List<PromptTurn> prompt(ChatRequest request) {
        return request.messages().stream()
                .map(turn -> new PromptTurn(turn.role().name().toLowerCase(Locale.ROOT), turn.content()))
                .toList();
    }
}
