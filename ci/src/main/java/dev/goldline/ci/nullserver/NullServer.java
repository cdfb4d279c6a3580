package dev.goldline.ci.nullserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A running server, on this machine only. {@code POST /v1/chat/completions} and {@code /v1/completions} stream; {@code GET
 * /v1/models} lists one model; {@code GET /counts} tells how often it was asked, {@code /counts?each} for every prompt.
 */
public final class NullServer implements AutoCloseable {
    private static final int BACKLOG = 16_384;

    private final ServerSocketChannel listener;
    private final List<StreamLoop> loops;
    private final Counts counts;

    private NullServer(ServerSocketChannel listener, List<StreamLoop> loops, Counts counts) {
        this.listener = listener;
        this.loops = loops;
        this.counts = counts;
    }

    /** On a free port, one thread, visiting each stream every 20 ms. */
    public static NullServer start(Script script) throws IOException {
        return start(script, 0, 1, Duration.ofMillis(20));
    }

    /**
     * @param port 0: a free one
     * @param threads connections are shared out among them
     * @param visits how often a stream sends what is due; rarer visits make fewer, larger writes
     */
    public static NullServer start(Script script, int port, int threads, Duration visits) throws IOException {
        Counts counts = new Counts();
        Replies replies = new Replies(script, counts);
        List<StreamLoop> loops = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            StreamLoop loop = new StreamLoop(replies, counts, visits.toNanos());
            loops.add(loop);
            Thread.ofPlatform().daemon().name("null-server-" + i).start(loop);
        }
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        NullServer server = new NullServer(listener, loops, counts);
        Thread.ofPlatform().daemon().name("null-server-accept").start(server::accept);
        return server;
    }

    /** What a profile's endpoint is set to. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port() + "/v1");
    }

    /** Where it listens. */
    public int port() {
        return listener.socket().getLocalPort();
    }

    /** How often it was asked so far. */
    public Counts counts() {
        return counts;
    }

    /** Breaks off all streams. */
    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            loops.forEach(StreamLoop::close);
        }
    }

    private void accept() {
        for (int next = 0; ; next++) {
            try {
                SocketChannel channel = listener.accept();
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                loops.get(next % loops.size()).add(channel);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
