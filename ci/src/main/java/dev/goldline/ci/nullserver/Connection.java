package dev.goldline.ci.nullserver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One connection: takes requests apart, one after the other, and holds what could not be written yet. */
final class Connection {
    private static final int MAX_REQUEST = 8 << 20;

    /** A request as it came. */
    record Received(String method, String target, Map<String, String> headers, byte[] body) {}

    final SocketChannel channel;
    final SelectionKey key;

    @Nullable
    TokenStream stream;

    @Nullable
    Request request;

    boolean closeWhenWritten;
    private byte[] input = new byte[1024];
    private int length;
    private ByteBuffer unwritten = ByteBuffer.allocate(0);

    Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    /** Reads what there is; false if the other side has closed. */
    boolean read(ByteBuffer shared) throws IOException {
        shared.clear();
        int count = channel.read(shared);
        if (count < 0) {
            return false;
        }
        shared.flip();
        if (length + count > MAX_REQUEST) {
            throw new IOException("a request has more than " + MAX_REQUEST + " bytes");
        }
        if (length + count > input.length) {
            input = Arrays.copyOf(input, Math.max(length + count, input.length * 2));
        }
        shared.get(input, length, count);
        length += count;
        return true;
    }

    /** The next whole request; null if there is none yet. */
    @Nullable
    Received nextRequest() throws IOException {
        int headEnd = headEnd();
        if (headEnd < 0) {
            return null;
        }
        String[] lines = new String(input, 0, headEnd, StandardCharsets.ISO_8859_1).split("\r\n");
        String[] first = lines[0].split(" ");
        if (first.length != 3) {
            throw new IOException("no request line: " + lines[0]);
        }
        Map<String, String> headers = new HashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        int bodyStart = headEnd + 4;
        int bodyLength;
        try {
            bodyLength = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        } catch (NumberFormatException e) {
            throw new IOException("no content length", e);
        }
        if (bodyLength < 0 || bodyLength > MAX_REQUEST) {
            throw new IOException("a body of " + bodyLength + " bytes");
        }
        if (length < bodyStart + bodyLength) {
            return null;
        }
        byte[] body = Arrays.copyOfRange(input, bodyStart, bodyStart + bodyLength);
        length -= bodyStart + bodyLength;
        System.arraycopy(input, bodyStart + bodyLength, input, 0, length);
        return new Received(first[0], first[1], headers, body);
    }

    boolean hasUnwritten() {
        return unwritten.hasRemaining();
    }

    /** Writes, and keeps what the connection does not take now. */
    void write(ByteBuffer bytes) throws IOException {
        if (!unwritten.hasRemaining()) {
            channel.write(bytes);
            if (!bytes.hasRemaining()) {
                return;
            }
        }
        ByteBuffer all = ByteBuffer.allocate(unwritten.remaining() + bytes.remaining());
        unwritten = all.put(unwritten).put(bytes).flip();
        key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }

    /** Writes what was kept. */
    void writeKept() throws IOException {
        channel.write(unwritten);
        if (!unwritten.hasRemaining()) {
            unwritten = ByteBuffer.allocate(0);
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private int headEnd() {
        for (int i = 0; i + 3 < length; i++) {
            if (input[i] == '\r' && input[i + 1] == '\n' && input[i + 2] == '\r' && input[i + 3] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
