package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.ModelFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks an endpoint what it serves. */
final class ServedModels {
    private static final int MAX_BODY = 4 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ServedModels() {}

    /**
     * The only model that is served.
     *
     * @throws IOException if the endpoint cannot be asked; the message says why and what to do
     * @throws IllegalArgumentException if it serves none, or several
     */
    static String only(HttpClient client, URI url, ApiKey key, Failures failures) throws IOException {
        List<String> served = list(client, url, key, failures);
        if (served.size() != 1) {
            throw new IllegalArgumentException(
                    url + (served.isEmpty() ? " lists no model" : " lists " + String.join(", ", served))
                            + "; name the one to ask as served-model in the profile, or after # in NAME@URL#MODEL");
        }
        return served.getFirst();
    }

    private static List<String> list(HttpClient client, URI url, ApiKey key, Failures failures) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(PATIENCE).header("User-Agent", "goldline");
        key.authorization().ifPresent(value -> request.header("Authorization", value));
        HttpResponse<byte[]> reply;
        try {
            reply = client.send(
                    request.build(),
                    info -> HttpResponse.BodySubscribers.limiting(
                            HttpResponse.BodySubscribers.ofByteArray(), MAX_BODY));
        } catch (IOException e) {
            throw new IOException(failures.thrown(e, false).message());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking " + url);
        }
        String body = new String(reply.body(), StandardCharsets.UTF_8);
        if (reply.statusCode() != 200) {
            ModelFailure failure = failures.status(
                    reply.statusCode(), ErrorBody.of(body), RetryAfter.of(reply.headers(), InstantSource.system()));
            throw new IOException(failure.message());
        }
        try {
            List<String> names = new ArrayList<>();
            for (JsonNode model : JSON.readTree(body).path("data")) {
                names.add(failures.quote(model.path("id").asString("")));
            }
            return names;
        } catch (JacksonException e) {
            throw new IOException(
                    failures.garbage("its list of models is not JSON").message());
        }
    }
}
