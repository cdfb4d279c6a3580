package dev.goldline.modelruntime.openai;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a bare socket that answers the n-th request with the n-th script, byte for byte, then hangs up. */
final class ScriptedServer implements AutoCloseable {
    static final String STREAM = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    /** What is done on a connection after its request was read. */
    interface Script {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    /** A request as it came. */
    record Received(String head, String body) {}

    private final ServerSocket listener;
    private final List<Script> scripts;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile boolean hungUpEarly;

    ScriptedServer(Script... scripts) throws IOException {
        this.scripts = List.of(scripts);
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::serve);
    }

    /** Sends a text and ends. */
    static Script says(String text) {
        return out -> out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends events and ends the stream without a word. */
    static Script events(String... data) {
        return says(STREAM + sse(data));
    }

    /** Sends events, then nothing for long. */
    static Script eventsThenSilence(String... data) {
        return out -> {
            out.write((STREAM + sse(data)).getBytes(StandardCharsets.UTF_8));
            out.flush();
            Thread.sleep(20_000);
        };
    }

    static Script reply(int status, String headers, String body) {
        return says("HTTP/1.1 " + status + " .\r\nContent-Type: application/json\r\nConnection: close\r\n" + headers
                + "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body);
    }

    static String sse(String... data) {
        StringBuilder text = new StringBuilder();
        for (String event : data) {
            text.append("data: ").append(event).append("\n\n");
        }
        return text.toString();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/v1");
    }

    List<Received> received() {
        return received;
    }

    /** Whether a client went away while it was being answered. */
    boolean hungUpEarly() {
        return hungUpEarly;
    }

    private void serve() {
        try {
            for (int i = 0; ; i++) {
                Socket socket = listener.accept();
                Script script = scripts.get(Math.min(i, scripts.size() - 1));
                Thread.startVirtualThread(() -> answer(socket, script));
            }
        } catch (IOException e) {
            // Closed: the test is over.
        }
    }

    private void answer(Socket socket, Script script) {
        try (socket) {
            received.add(request(new BufferedInputStream(socket.getInputStream())));
            OutputStream out = socket.getOutputStream();
            script.answer(out);
            out.flush();
        } catch (IOException e) {
            hungUpEarly = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Received request(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("no request");
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return new Received(text, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
