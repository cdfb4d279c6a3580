package dev.goldline.modelruntime.openai;

import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hands a reply from the HTTP client's threads to the one thread that reads it. One batch of bytes is asked for at a
 * time, so a slow reader slows the sender down and nothing piles up here. A stream subscriber costs less than an input
 * stream: no lock, no queue, one wake-up a batch.
 */
final class BodyPipe implements HttpResponse.BodySubscriber<BodyPipe> {
    private static final int MOST_UNWANTED = 64 << 10;

    private volatile HttpResponse.@Nullable ResponseInfo head;
    private volatile @Nullable List<ByteBuffer> batch;
    private volatile @Nullable Throwable thrown;
    private volatile boolean complete;
    private volatile boolean closed;
    /** Bytes that may still come and are not wanted; negative: what comes is wanted. */
    private volatile int unwanted = -1;

    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Thread reader;
    private volatile long until;

    /** What came of waiting. */
    enum Signal {
        /** Status and headers are there. */
        HEAD,
        /** There are bytes: take them with {@link #take}. */
        BYTES,
        /** The reply is over. */
        END,
        /** It broke: see {@link #thrown}. */
        BROKEN,
        /** The time is up. */
        TIME_UP
    }

    /** Status and headers came. */
    BodyPipe accept(HttpResponse.ResponseInfo info) {
        head = info;
        wake();
        return this;
    }

    /** The exchange broke before there was a body. */
    void fail(Throwable cause) {
        thrown = cause;
        wake();
    }

    @Override
    public CompletionStage<BodyPipe> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        if (unwanted >= 0) {
            discard(item);
            return;
        }
        batch = item;
        wake();
    }

    @Override
    public void onError(Throwable cause) {
        thrown = cause;
        wake();
    }

    @Override
    public void onComplete() {
        complete = true;
        wake();
    }

    /** Waits for status and headers. Reader only, as are all below. */
    Signal awaitHead(long deadline) throws InterruptedException {
        return await(deadline, true);
    }

    /** Waits for bytes, or the end. */
    Signal awaitBytes(long deadline) throws InterruptedException {
        return await(deadline, false);
    }

    HttpResponse.ResponseInfo head() {
        HttpResponse.ResponseInfo info = head;
        if (info == null) {
            throw new IllegalStateException("the reply has not begun");
        }
        return info;
    }

    Throwable thrown() {
        Throwable cause = thrown;
        return cause == null ? new IllegalStateException("nothing broke") : cause;
    }

    /** The bytes that came; asks for the next. */
    List<ByteBuffer> take() {
        List<ByteBuffer> taken = batch;
        Flow.Subscription source = subscription;
        if (taken == null || source == null) {
            throw new IllegalStateException("no bytes are there");
        }
        batch = null;
        source.request(1);
        return taken;
    }

    /**
     * All that is wanted of the reply came. Its end is let come, so that the connection can serve again: breaking off a
     * reply that may just be over can break the next one on the same connection.
     */
    void release() {
        unwanted = MOST_UNWANTED;
        Flow.Subscription source = subscription;
        if (batch != null && source != null) {
            batch = null;
            source.request(1);
        }
    }

    /** Wakes the reader if the time it would wait is over; the {@link Watchdog} calls it. */
    void wakeIfLate(long now) {
        if (until - now <= 0) {
            wake();
        }
    }

    /** Gives the reply up. */
    void close() {
        closed = true;
        Flow.Subscription source = subscription;
        if (source != null && !complete) {
            source.cancel();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the HTTP client calls one at a time
    private void discard(List<ByteBuffer> item) {
        unwanted -= item.stream().mapToInt(ByteBuffer::remaining).sum();
        Flow.Subscription source = subscription;
        if (source == null) {
            return;
        }
        if (unwanted <= 0) {
            unwanted = 0;
            source.cancel();
        } else {
            source.request(1);
        }
    }

    private Signal await(long deadline, boolean forHead) throws InterruptedException {
        Signal signal = signal(forHead);
        if (signal != null) {
            return signal;
        }
        until = deadline;
        reader = Thread.currentThread();
        try {
            while (true) {
                signal = signal(forHead);
                if (signal != null) {
                    return signal;
                }
                if (deadline - System.nanoTime() <= 0) {
                    return Signal.TIME_UP;
                }
                LockSupport.park(this);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            reader = null;
        }
    }

    private @Nullable Signal signal(boolean forHead) {
        if (forHead && head != null) {
            return Signal.HEAD;
        }
        if (!forHead && batch != null) {
            return Signal.BYTES;
        }
        // What came before the end was seen above only if it was there then: look again after seeing the end.
        boolean over = complete;
        if (thrown != null) {
            return batch != null && !forHead ? Signal.BYTES : Signal.BROKEN;
        }
        if (over) {
            return batch != null && !forHead ? Signal.BYTES : Signal.END;
        }
        return null;
    }

    private void wake() {
        Thread waiting = reader;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }
}
