package dev.goldline.evaluator.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets requests through to one endpoint, as many at once as it has shown to bear. Safe for use by many threads.
 *
 * <p>Why it is built so: the number allowed starts small and grows by one for every request that gets a prompt first
 * token, which doubles it a round, until the endpoint first pushes back; from then on it grows by a fixed step a round
 * and shrinks to seven tenths at each push-back. A storm of refusals is one push-back: only a request that was let in
 * after the last cut can cut again. So no clock is needed, and the answer does not depend on how fast refusals arrive.
 */
public final class EndpointGate {
    private static final int START = 16;
    private static final double CUT = 0.7;
    /** Additive growth a round, as a share of the ceiling; at least one. */
    private static final int ROUNDS_TO_CEILING = 64;
    /** A first token is slow if it takes this long, and several times as long as they mostly do. */
    private static final Duration SLOW = Duration.ofSeconds(10);

    private static final double TIMES_USUAL = 4;
    private static final double SMOOTHING = 0.1;

    private final int ceiling;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    /** Guarded by the lock, as is all below. */
    private double limit;

    private int inFlight;
    private long cuts;
    private double usualFirstToken = Double.NaN;
    private boolean closed;

    /**
     * @param ceiling most requests at once, 1 or more
     */
    public EndpointGate(int ceiling) {
        if (ceiling < 1) {
            throw new IllegalArgumentException("concurrency must be 1 or more, was " + ceiling);
        }
        this.ceiling = ceiling;
        this.limit = Math.min(START, ceiling);
    }

    /** Leave for one request. Give it back once. */
    public final class Permit implements AutoCloseable {
        private final long cutsBefore;
        private boolean open = true;

        private Permit(long cutsBefore) {
            this.cutsBefore = cutsBefore;
        }

        /** The first token came, so long after asking. */
        public void firstToken(Duration after) {
            answered(this, after);
        }

        /** The endpoint said that it has too much to do. */
        public void pushedBack() {
            cut(this);
        }

        /** Lets the next request in. Further calls do nothing. */
        @Override
        public void close() {
            lock.lock();
            try {
                if (open) {
                    open = false;
                    inFlight--;
                    room.signal();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * Waits until one more request may be made.
     *
     * @return empty if the gate was closed
     */
    public Optional<Permit> enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!closed && inFlight >= (int) limit) {
                room.await();
            }
            if (closed) {
                return Optional.empty();
            }
            inFlight++;
            Permit permit = new Permit(cuts);
            if (inFlight < (int) limit) {
                room.signal();
            }
            return Optional.of(permit);
        } finally {
            lock.unlock();
        }
    }

    private void answered(Permit permit, Duration after) {
        lock.lock();
        try {
            double seconds = after.toNanos() / 1e9;
            if (seconds >= SLOW.toSeconds() && seconds > TIMES_USUAL * usualFirstToken) {
                cut(permit);
                return;
            }
            usualFirstToken =
                    Double.isNaN(usualFirstToken) ? seconds : usualFirstToken + SMOOTHING * (seconds - usualFirstToken);
            double step = cuts == 0 ? 1 : Math.max(1, ceiling / (double) ROUNDS_TO_CEILING) / limit;
            limit = Math.min(ceiling, limit + step);
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    private void cut(Permit permit) {
        lock.lock();
        try {
            if (permit.cutsBefore == cuts) {
                cuts++;
                limit = Math.max(1, limit * CUT);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nobody in any more; who waits is told. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            room.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Requests allowed at once now. */
    public int limit() {
        lock.lock();
        try {
            return (int) limit;
        } finally {
            lock.unlock();
        }
    }

    /** How often the endpoint has pushed back. */
    public long cuts() {
        lock.lock();
        try {
            return cuts;
        } finally {
            lock.unlock();
        }
    }
}
