package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.profile.StreamLimits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.InstantSource;

/** Sends requests to one URL of an endpoint. Safe for use by many threads. */
final class Asker {
    private final HttpClient client;
    private final HttpRequest.Builder template;
    private final Failures failures;
    private final StreamLimits limits;
    private final InstantSource clock;
    private final Watchdog watchdog;

    Asker(
            HttpClient client,
            URI url,
            ApiKey key,
            Failures failures,
            StreamLimits limits,
            InstantSource clock,
            Watchdog watchdog) {
        this.client = client;
        this.template = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .header("User-Agent", "goldline");
        key.authorization().ifPresent(value -> template.header("Authorization", value));
        this.failures = failures;
        this.limits = limits;
        this.clock = clock;
        this.watchdog = watchdog;
    }

    Exchange ask(byte[] body) {
        HttpRequest request = template.copy()
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return new Exchange(client, request, failures, limits, clock, watchdog);
    }

    Failures failures() {
        return failures;
    }

    StreamLimits limits() {
        return limits;
    }
}
