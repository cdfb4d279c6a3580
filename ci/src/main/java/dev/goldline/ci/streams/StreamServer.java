package dev.goldline.ci.streams;

import dev.goldline.ci.nullserver.Fault;
import dev.goldline.ci.nullserver.NullServer;
import dev.goldline.ci.nullserver.Prose;
import dev.goldline.ci.nullserver.Reply;
import java.io.IOException;
import java.time.Duration;

/** The server of {@link StreamBenchmark}, in its own process so that its work is not counted as the readers'. */
final class StreamServer {
    /** Prompts that begin so are answered at once. */
    static final String WARM_UP = "warm up ";

    private StreamServer() {}

    /** Arguments: tokens of an answer, tokens a second, milliseconds from one visit of a stream to the next. */
    public static void main(String[] arguments) throws IOException {
        int thought = Integer.parseInt(arguments[0]) - Prose.ANSWER_TOKENS;
        Reply paced = new Reply(thought, Double.parseDouble(arguments[1]), Duration.ZERO, Fault.NONE);
        Reply swift = new Reply(thought, 0, Duration.ZERO, Fault.NONE);
        Duration visits = Duration.ofMillis(Long.parseLong(arguments[2]));
        try (NullServer server =
                NullServer.start(asked -> asked.prompt().startsWith(WARM_UP) ? swift : paced, 0, 1, visits)) {
            System.out.println(server.endpoint());
            while (System.in.read() >= 0) {
                // The benchmark holds the input open while it measures.
            }
        }
    }
}
