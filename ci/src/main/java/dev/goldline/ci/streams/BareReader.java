package dev.goldline.ci.streams;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * The baseline: a plain blocking socket, whose bytes are looked at once to count the events and see the end. It knows
 * nothing of HTTP, JSON, time limits or text.
 */
final class BareReader implements StreamReader {
    /** "0", CR, LF, CR, LF: the last chunk. */
    private static final long END = 0x300D0A0D0AL;

    private static final int END_BYTES = 5;

    /** The finish reason, the usage, and the word that it is done. */
    private static final int OTHER_EVENTS = 3;

    private final URI endpoint;

    BareReader(URI endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public int read(String prompt, int tokens) throws IOException {
        byte[] body = ("{\"model\":\"null\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"max_tokens\":"
                        + tokens + ",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}")
                .getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + endpoint.getPath() + "/chat/completions HTTP/1.1\r\nHost: null\r\nContent-Length: "
                        + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
            socket.getOutputStream().write(head);
            socket.getOutputStream().write(body);
            return count(socket.getInputStream()) - OTHER_EVENTS;
        }
    }

    private static int count(InputStream in) throws IOException {
        byte[] buffer = new byte[8192];
        int events = 0;
        long last = 0;
        byte before = 0;
        while (last != END) {
            int length = in.read(buffer);
            if (length < 0) {
                return -1;
            }
            for (int i = 0; i < length; i++) {
                byte b = buffer[i];
                if (b == '\n' && before == '\n') {
                    events++;
                }
                before = b;
            }
            for (int i = Math.max(0, length - END_BYTES); i < length; i++) {
                last = (last << 8 | buffer[i] & 0xFF) & 0xFF_FFFF_FFFFL;
            }
        }
        return events;
    }
}
