package dev.goldline.ci.streams;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads many streams at once from a null server, with the client that runs use and with a bare reader. Server and readers
 * are processes of their own, so that CPU time is that of the reader alone; each reader warms up first.
 *
 * <p>{@code ./goldline benchmark streams [streams]… }; default 1000 and 10000. Each stream has 2000 tokens at 50 a second.
 * The server sends each token as its own event and chunk; it visits each stream every 20 ms where there are 1000, every
 * 200 ms where there are 10000, and later if it has no CPU left, so that a write carries one token or ten.
 */
public final class StreamBenchmark {
    private static final int TOKENS = 2000;
    private static final int TOKENS_A_SECOND = 50;
    private static final int STREAMS_VISITED_EACH_MILLI = 50;
    private static final int HEAP_MEGABYTES = 1024;

    private record Result(int finished, int failed, long exact, double seconds, double cpuSeconds, long mostHeap) {}

    private StreamBenchmark() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<Integer> counts = new ArrayList<>();
        for (String argument : arguments) {
            counts.add(Integer.parseInt(argument));
        }
        if (counts.isEmpty()) {
            counts.addAll(List.of(1000, 10_000));
        }
        System.out.printf(
                "%d tokens a stream at %d tokens/s, %d processors, readers with -Xmx%dm%n",
                TOKENS, TOKENS_A_SECOND, Runtime.getRuntime().availableProcessors(), HEAP_MEGABYTES);
        System.out.println(
                "streams  reader    finished  exact tokens  seconds  CPU s   CPU ms/stream  heap MB  CPU / bare");
        for (int streams : counts) {
            Result bare = measure("bare", streams);
            print("bare", streams, bare, bare);
            print("goldline", streams, measure("goldline", streams), bare);
        }
    }

    private static void print(String reader, int streams, Result result, Result bare) {
        System.out.printf(
                Locale.ROOT,
                "%7d  %-8s  %8d  %12d  %7.1f  %5.1f  %14.2f  %7d  %10.2f%s%n",
                streams,
                reader,
                result.finished,
                result.exact,
                result.seconds,
                result.cpuSeconds,
                result.cpuSeconds * 1000 / streams,
                result.mostHeap >> 20,
                result.cpuSeconds / bare.cpuSeconds,
                result.finished == streams && result.exact == (long) streams * TOKENS ? "" : "  NOT ALL EXACT");
    }

    private static Result measure(String reader, int streams) throws IOException, InterruptedException {
        int visits = Math.max(1000 / TOKENS_A_SECOND, streams / STREAMS_VISITED_EACH_MILLI);
        Process server = java("-Xmx2g", StreamServer.class, TOKENS, TOKENS_A_SECOND, visits);
        try (BufferedReader said = reader(server)) {
            URI endpoint = URI.create(String.valueOf(said.readLine()));
            Process client = java("-Xmx" + HEAP_MEGABYTES + "m", StreamClient.class, reader, endpoint, streams, TOKENS);
            try (BufferedReader figures = reader(client)) {
                String line = figures.readLine();
                client.waitFor();
                if (line == null) {
                    throw new IOException("the reader ended without figures");
                }
                String[] words = line.split(" ");
                return new Result(
                        Integer.parseInt(words[0]),
                        Integer.parseInt(words[1]),
                        Long.parseLong(words[2]),
                        Double.parseDouble(words[3]),
                        Double.parseDouble(words[4]),
                        Long.parseLong(words[5]));
            }
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static Process java(String heap, Class<?> main, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
