package dev.goldline.ci.nullserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Serves many connections on one thread. Streams sit on a timing wheel: each is visited once a turn and sends all that has
 * come due since, so a late visit makes a larger write, never a slower stream.
 */
final class StreamLoop implements Runnable {
    private static final int SLOTS = 16;

    private final Replies replies;
    private final Counts counts;
    private final Prose prose = new Prose();
    private final Selector selector;
    private final Queue<SocketChannel> arrivals = new ConcurrentLinkedQueue<>();
    private final ByteBuffer input = ByteBuffer.allocateDirect(64 << 10);
    private final ByteBuffer output = ByteBuffer.allocateDirect(64 << 10);
    private final List<List<Connection>> wheel = new ArrayList<>();
    /** Streams that began while a slot was gone through. */
    private final List<Connection> begun = new ArrayList<>();

    private final long slotNanos;
    private long turnStart;
    private int slot;
    private long number;
    private volatile boolean closed;

    /** @param turnNanos how often a stream is visited */
    StreamLoop(Replies replies, Counts counts, long turnNanos) throws IOException {
        this.replies = replies;
        this.counts = counts;
        this.selector = Selector.open();
        this.slotNanos = Math.max(turnNanos / SLOTS, 1);
        for (int i = 0; i < SLOTS; i++) {
            wheel.add(new ArrayList<>());
        }
    }

    void add(SocketChannel channel) {
        arrivals.add(channel);
        selector.wakeup();
    }

    void close() {
        closed = true;
        selector.wakeup();
    }

    @Override
    public void run() {
        turnStart = System.nanoTime();
        try (selector) {
            while (!closed) {
                long wait = (turnStart + slotNanos - System.nanoTime()) / 1_000_000;
                selector.select(this::ready, Math.max(wait, 1));
                for (SocketChannel arrived = arrivals.poll(); arrived != null; arrived = arrivals.poll()) {
                    SelectionKey key = arrived.register(selector, SelectionKey.OP_READ);
                    key.attach(new Connection(arrived, key));
                }
                turn();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn() {
        for (Connection connection : begun) {
            wheel.get((int) (number++ % SLOTS)).add(connection);
        }
        begun.clear();
        long now = System.nanoTime();
        for (int i = 0; i < SLOTS && now - turnStart >= slotNanos; i++) {
            turnStart += slotNanos;
            slot = (slot + 1) % SLOTS;
            wheel.get(slot).removeIf(connection -> !visit(connection));
        }
        if (now - turnStart > SLOTS * slotNanos) {
            turnStart = now; // fell behind: all were visited just now
        }
    }

    private void ready(SelectionKey key) {
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isReadable() && !connection.read(input)) {
                drop(connection);
                return;
            }
            if (key.isWritable()) {
                connection.writeKept();
                if (!connection.hasUnwritten() && connection.closeWhenWritten) {
                    drop(connection);
                    return;
                }
            }
            serve(connection);
        } catch (IOException | CancelledKeyException e) {
            drop(connection);
        }
    }

    private void serve(Connection connection) throws IOException {
        while (connection.stream == null && !connection.closeWhenWritten && !connection.hasUnwritten()) {
            Connection.Received received = connection.nextRequest();
            if (received == null) {
                return;
            }
            Replies.Served served = replies.serve(received);
            connection.write(ByteBuffer.wrap(served.bytes().getBytes(StandardCharsets.UTF_8)));
            Replies.Streamed streamed = served.stream();
            if (streamed != null) {
                begin(connection, streamed);
            }
        }
    }

    private void begin(Connection connection, Replies.Streamed streamed) {
        connection.request = streamed.request();
        connection.stream = new TokenStream(streamed.request(), streamed.reply(), prose, number, System.nanoTime());
        number++;
        counts.opened();
        if (visit(connection)) {
            begun.add(connection);
        }
    }

    /** Sends what is due; false if the stream is over. */
    private boolean visit(Connection connection) {
        TokenStream stream = connection.stream;
        if (stream == null || !connection.key.isValid()) {
            return false;
        }
        if (connection.hasUnwritten()) {
            return true; // the reader is slow: nothing piles up
        }
        try {
            while (true) {
                output.clear();
                TokenStream.Progress progress = stream.render(System.nanoTime(), output);
                boolean full = output.remaining() <= 3 * TokenStream.MOST_EVENT_BYTES;
                if (output.position() > 0) {
                    connection.write(output.flip());
                }
                switch (progress) {
                    case GOES_ON -> {
                        if (!full || connection.hasUnwritten()) {
                            return true;
                        }
                    }
                    case FINISHED -> {
                        end(connection);
                        return false;
                    }
                    case HANG_UP -> {
                        hangUp(connection);
                        return false;
                    }
                }
            }
        } catch (IOException | CancelledKeyException e) {
            drop(connection);
            return false;
        }
    }

    private void end(Connection connection) throws IOException {
        Request request = connection.request;
        if (request != null) {
            counts.finish(request.prompt(), request.seed());
        }
        over(connection);
        serve(connection);
    }

    private void hangUp(Connection connection) {
        over(connection);
        connection.closeWhenWritten = true;
        if (!connection.hasUnwritten()) {
            drop(connection);
        }
    }

    private void over(@Nullable Connection connection) {
        if (connection != null && connection.stream != null) {
            connection.stream = null;
            connection.request = null;
            counts.closed();
        }
    }

    private void drop(Connection connection) {
        over(connection);
        connection.key.cancel();
        try {
            connection.channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
