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
    private volatile HttpResponse.@Nullable ResponseInfo head;
    private volatile @Nullable List<ByteBuffer> batch;
    private volatile @Nullable Throwable thrown;
    private volatile boolean complete;
    private volatile boolean closed;
    private volatile Flow.@Nullable Subscription subscription;
    private volatile @Nullable Thread reader;

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

    /** Gives the reply up. */
    void close() {
        closed = true;
        Flow.Subscription source = subscription;
        if (source != null && !complete) {
            source.cancel();
        }
    }

    private Signal await(long deadline, boolean forHead) throws InterruptedException {
        Signal signal = signal(forHead);
        if (signal != null) {
            return signal;
        }
        reader = Thread.currentThread();
        try {
            while (true) {
                signal = signal(forHead);
                if (signal != null) {
                    return signal;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return Signal.TIME_UP;
                }
                LockSupport.parkNanos(this, left);
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
