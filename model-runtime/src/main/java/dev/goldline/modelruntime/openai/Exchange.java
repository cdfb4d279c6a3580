package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.ModelFailure;
import dev.goldline.modelruntime.chat.ModelFailure.TimedOut.Limit;
import dev.goldline.modelruntime.profile.StreamLimits;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/** One request and the event stream that answers it. Used by one thread. */
final class Exchange implements AutoCloseable {
    private static final int MAX_ERROR_BODY = 64 << 10;
    private static final Duration ERROR_BODY_PATIENCE = Duration.ofSeconds(10);

    private final BodyPipe pipe = new BodyPipe();
    private final SseReader events = new SseReader();
    private final Failures failures;
    private final StreamLimits limits;
    private final InstantSource clock;
    private final Watchdog watchdog;
    private final CompletableFuture<?> answer;
    private final long started = System.nanoTime();
    private long lastToken = started;
    private boolean begun;
    private boolean hadToken;
    private boolean ended;

    /** Sends the request. */
    Exchange(
            HttpClient client,
            HttpRequest request,
            Failures failures,
            StreamLimits limits,
            InstantSource clock,
            Watchdog watchdog) {
        this.failures = failures;
        this.limits = limits;
        this.clock = clock;
        this.watchdog = watchdog;
        watchdog.add(pipe);
        this.answer = client.sendAsync(request, pipe::accept);
        answer.whenComplete((response, thrown) -> {
            if (thrown != null) {
                pipe.fail(thrown);
            }
        });
    }

    /** The event that {@link #next} moved to. */
    SseReader event() {
        return events;
    }

    /** A token came: silence is counted from here. */
    void tokenCame() {
        hadToken = true;
        lastToken = System.nanoTime();
    }

    /**
     * Moves to the next event.
     *
     * @return false if the stream is over
     */
    boolean next() throws ExchangeFailedException, InterruptedException {
        try {
            while (true) {
                if (events.next()) {
                    return true;
                }
                if (ended) {
                    return events.finish();
                }
                if (!begun) {
                    begin();
                }
                fill();
            }
        } catch (SseReader.MalformedException e) {
            throw new ExchangeFailedException(failures.garbage(String.valueOf(e.getMessage())));
        }
    }

    /** All that is wanted came: the connection may serve the next request. */
    void release() {
        watchdog.remove(pipe);
        pipe.release();
    }

    @Override
    public void close() {
        watchdog.remove(pipe);
        pipe.close();
        answer.cancel(true);
    }

    private void fill() throws ExchangeFailedException, InterruptedException {
        switch (pipe.awaitBytes(deadline())) {
            case BYTES -> pipe.take().forEach(events::append);
            case END -> ended = true;
            case BROKEN -> throw new ExchangeFailedException(failures.thrown(pipe.thrown(), true));
            case TIME_UP -> throw new ExchangeFailedException(failures.silent(limitPassed()));
            case HEAD -> throw new IllegalStateException("the head came twice");
        }
    }

    private void begin() throws ExchangeFailedException, InterruptedException {
        switch (pipe.awaitHead(deadline())) {
            case HEAD -> begun = true;
            case BROKEN, END -> throw new ExchangeFailedException(failures.thrown(pipe.thrown(), false));
            case TIME_UP -> throw new ExchangeFailedException(failures.silent(limitPassed()));
            case BYTES -> throw new IllegalStateException("bytes came before the head");
        }
        HttpResponse.ResponseInfo head = pipe.head();
        String type = head.headers().firstValue("content-type").orElse("").toLowerCase(Locale.ROOT);
        if (head.statusCode() != 200 || !(type.isEmpty() || type.startsWith("text/event-stream"))) {
            throw new ExchangeFailedException(noStream(head, type));
        }
    }

    private ModelFailure noStream(HttpResponse.ResponseInfo head, String type) throws InterruptedException {
        String text = errorBody();
        ErrorBody body = ErrorBody.of(text);
        if (head.statusCode() != 200) {
            return failures.status(head.statusCode(), body, RetryAfter.of(head.headers(), clock));
        }
        if (type.startsWith("application/json") && text.contains("\"error\"")) {
            return failures.midStream(body);
        }
        return failures.garbage("it answered with '" + type + "' instead of an event stream: " + text);
    }

    /** What can be had of a reply that is no stream, within bounds of size and time. */
    private String errorBody() throws InterruptedException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long patience = System.nanoTime() + ERROR_BODY_PATIENCE.toNanos();
        while (body.size() < MAX_ERROR_BODY && pipe.awaitBytes(patience) == BodyPipe.Signal.BYTES) {
            for (ByteBuffer piece : pipe.take()) {
                byte[] bytes = new byte[Math.min(piece.remaining(), MAX_ERROR_BODY - body.size())];
                piece.get(bytes);
                body.writeBytes(bytes);
            }
        }
        return body.toString(StandardCharsets.UTF_8);
    }

    private long deadline() {
        long silence = lastToken + (hadToken ? limits.betweenTokens() : limits.firstToken()).toNanos();
        if (limits.reply().isEmpty()) {
            return silence;
        }
        long whole = started + limits.reply().get().toNanos();
        return whole - silence < 0 ? whole : silence;
    }

    private Limit limitPassed() {
        if (limits.reply().isPresent()
                && System.nanoTime() - started >= limits.reply().get().toNanos()) {
            return Limit.REPLY;
        }
        return hadToken ? Limit.BETWEEN_TOKENS : Limit.FIRST_TOKEN;
    }
}
