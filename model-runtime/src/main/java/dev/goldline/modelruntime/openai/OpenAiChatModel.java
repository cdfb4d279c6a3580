package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.profile.EndpointSource;
import dev.goldline.modelruntime.profile.EndpointSource.Api;
import dev.goldline.modelruntime.profile.EndpointSource.Thought;
import dev.goldline.modelruntime.profile.ModeProfile;
import dev.goldline.modelruntime.profile.ModelProfile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A {@link ChatModel} behind an OpenAI-compatible endpoint. Asking does not block: {@link ChatStream#next} waits, on the
 * thread that pulls it, which may be virtual; thousands of streams may be open at once. Nothing is retried here: what
 * failed, and whether asking again may help, is in the stream's end.
 *
 * <p>Offsets count pieces of text, or tokens where the endpoint counts them as it goes. A request whose thinking budget is
 * forced takes two requests to the endpoint; its usage is the sum of both, prompt tokens included, as it is billed.
 */
public final class OpenAiChatModel implements ChatModel {
    private final ModelProfile profile;
    private final EndpointSource source;
    private final String servedModel;
    private final RequestBodies bodies;
    private final Asker asker;
    private final HttpClient client;
    private final ExecutorService threads;
    private final Watchdog watchdog;

    private OpenAiChatModel(
            ModelProfile profile,
            EndpointSource source,
            String servedModel,
            Asker asker,
            HttpClient client,
            ExecutorService threads,
            Watchdog watchdog) {
        this.profile = profile;
        this.source = source;
        this.servedModel = servedModel;
        this.bodies = new RequestBodies(servedModel, source);
        this.asker = asker;
        this.client = client;
        this.threads = threads;
        this.watchdog = watchdog;
    }

    /**
     * Makes a model ready to be asked. Asks the endpoint only if the profile leaves open which model is meant.
     *
     * @param environment where the key and proxies are looked up, usually {@link System#getenv()}
     * @throws IOException if the endpoint had to be asked and could not
     * @throws IllegalArgumentException if the profile is of no endpoint, the key is missing, a proxy cannot be used, or the
     *     endpoint serves none or several models and none is named
     */
    public static OpenAiChatModel open(ModelProfile profile, Map<String, String> environment) throws IOException {
        return open(profile, environment, InstantSource.system());
    }

    static OpenAiChatModel open(ModelProfile profile, Map<String, String> environment, InstantSource clock)
            throws IOException {
        if (!(profile.source() instanceof EndpointSource source)) {
            throw new IllegalArgumentException("model '" + profile.name() + "' runs in process; it has no endpoint");
        }
        ApiKey key = ApiKey.from(environment, source.keyVariable(), profile.name());
        ProxyFromEnvironment proxies = new ProxyFromEnvironment(environment);
        var unused = proxies.select(source.endpoint()); // for its checks
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(source.limits().connect())
                .proxy(proxies)
                .executor(threads)
                .build();
        try {
            URI url = url(source, source.api() == Api.CHAT ? "/chat/completions" : "/completions");
            String served = source.servedModel().isPresent()
                    ? source.servedModel().get()
                    : ServedModels.only(
                            client,
                            url(source, "/models"),
                            key,
                            new Failures(url(source, "/models"), "", key, source.limits()));
            Failures failures = new Failures(url, served, key, source.limits());
            Watchdog watchdog = new Watchdog();
            Asker asker = new Asker(client, url, key, failures, source.limits(), clock, watchdog);
            return new OpenAiChatModel(profile, source, served, asker, client, threads, watchdog);
        } catch (IOException | RuntimeException e) {
            client.shutdownNow();
            threads.shutdownNow();
            throw e;
        }
    }

    @Override
    public String name() {
        return profile.name();
    }

    /** Which model of which endpoint: all that is known of what is behind it. */
    @Override
    public String revision() {
        return servedModel + " at " + source.endpoint();
    }

    @Override
    public Set<Mode> modes() {
        return profile.modeSet();
    }

    @Override
    public boolean continuesAnswers() {
        return source.api() == Api.COMPLETIONS;
    }

    /** What the model is asked with where a run does not say otherwise. */
    public ModelProfile profile() {
        return profile;
    }

    @Override
    public ChatStream open(ChatRequest request) {
        ModeProfile mode = profile.mode(request.mode());
        return switch (source.api()) {
            case CHAT -> {
                if (request.prefix().isPresent()) {
                    throw new IllegalArgumentException("model '" + name()
                            + "' is asked by api: chat, which does not go on from a prefix; use api: completions");
                }
                yield new OpenAiChatStream(asker, request, bodies, null, source.thought() == Thought.OPEN);
            }
            case COMPLETIONS -> new OpenAiChatStream(asker, request, bodies, new Continuation(request, mode), true);
        };
    }

    /** Breaks off all streams. */
    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdown();
        watchdog.close();
    }

    private static URI url(EndpointSource source, String path) {
        String base = source.endpoint().toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
