package dev.goldline.ci.nullserver;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Runs a null server until its input ends.
 *
 * <p>{@code java -cp … dev.goldline.ci.nullserver.NullServerCommand [--port N] [--thought TOKENS] [--rate TOKENS/S]
 * [--first-token MS] [--visits MS] [--threads N] [--seed N] [--fault NAME=SHARE]…}; it prints its endpoint first.
 */
public final class NullServerCommand {
    private NullServerCommand() {}

    public static void main(String[] arguments) throws IOException {
        int port = 0;
        int thought = 20;
        double rate = 0;
        Duration firstToken = Duration.ZERO;
        Duration visits = Duration.ofMillis(20);
        int threads = 1;
        long seed = 1;
        Map<Fault, Double> faults = new EnumMap<>(Fault.class);
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--port" -> port = Integer.parseInt(value);
                case "--thought" -> thought = Integer.parseInt(value);
                case "--rate" -> rate = Double.parseDouble(value);
                case "--first-token" -> firstToken = Duration.ofMillis(Long.parseLong(value));
                case "--visits" -> visits = Duration.ofMillis(Long.parseLong(value));
                case "--threads" -> threads = Integer.parseInt(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--fault" -> {
                    int equals = value.indexOf('=');
                    faults.put(
                            Fault.ofLabel(value.substring(0, equals)), Double.parseDouble(value.substring(equals + 1)));
                }
                default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
        }
        Reply sound = new Reply(thought, rate, firstToken, Fault.NONE);
        try (NullServer server = NullServer.start(Script.mixed(sound, faults, seed), port, threads, visits)) {
            System.out.println(server.endpoint());
            while (System.in.read() >= 0) {
                // Whoever started it holds its input open.
            }
        }
    }
}
