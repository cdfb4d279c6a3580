package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.ModelFailure;
import dev.goldline.modelruntime.profile.StreamLimits;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Words and sorts what goes wrong at one endpoint. No message holds the key. */
final class Failures {
    private static final int MOST_QUOTED = 300;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\s]+");
    private static final Pattern TOO_LONG = Pattern.compile(
            "context_length_exceeded|exceed_context_size|maximum context length|context (length|window|size)"
                    + "|longer than the model|prompt is too long|max_model_len");
    private static final Pattern NO_MONEY =
            Pattern.compile("insufficient[_ ](quota|balance|credit|funds)|exceeded your current quota|billing");

    private final URI url;
    private final String model;
    private final ApiKey key;
    private final StreamLimits limits;

    /** @param model the name it is served by */
    Failures(URI url, String model, ApiKey key, StreamLimits limits) {
        this.url = url;
        this.model = model;
        this.key = key;
        this.limits = limits;
    }

    /** A reply that is no stream, by its status. */
    ModelFailure status(int status, ErrorBody body, Optional<Duration> retryAfter) {
        String said = url + " answered " + status + (body.message().isEmpty() ? "" : ": " + quote(body.message()));
        String words = words(body);
        return switch (status) {
            case 401, 403 -> new ModelFailure.Unauthorized(said + "; " + key.whereToLook());
            case 402 -> new ModelFailure.OutOfCredit(said + "; add credit to the account of this key");
            case 404 ->
                new ModelFailure.UnknownModel(said + "; check served-model ('" + model
                        + "') and endpoint in the profile: " + modelsUrl() + " lists what is served");
            case 429 ->
                NO_MONEY.matcher(words).find()
                        ? new ModelFailure.OutOfCredit(said + "; add credit to the account of this key")
                        : new ModelFailure.RateLimited(
                                said + waitOf(retryAfter) + "; ask less at once (--concurrency)", retryAfter);
            case 503, 529 ->
                new ModelFailure.Overloaded(
                        said + waitOf(retryAfter) + "; it has no room now, or is still loading the model", retryAfter);
            default -> otherStatus(status, said, words, retryAfter);
        };
    }

    private ModelFailure otherStatus(int status, String said, String words, Optional<Duration> retryAfter) {
        if (status >= 500 || status == 408) {
            return new ModelFailure.ServerFault(said + "; look into the log of the server", retryAfter);
        }
        if (status >= 300 && status < 400) {
            return new ModelFailure.BadRequest(
                    said + "; redirections are not followed, lest the key go elsewhere: correct endpoint");
        }
        if (TOO_LONG.matcher(words).find()) {
            return new ModelFailure.ContextTooLong(
                    said + "; lower --max-tokens or shorten the problem: both share the context window");
        }
        if (words.contains("model") && (words.contains("not exist") || words.contains("not found"))) {
            return new ModelFailure.UnknownModel(
                    said + "; check served-model ('" + model + "'): " + modelsUrl() + " lists what is served");
        }
        return new ModelFailure.BadRequest(said + "; check the sampling, limits and extra-body of the profile");
    }

    /** An error instead of the next piece of an answer. */
    ModelFailure midStream(ErrorBody body) {
        int status = statusIn(body.code());
        if (status >= 400 && status < 600) {
            return status(status, body, Optional.empty());
        }
        String said = url + " sent an error in its stream: " + quote(body.message());
        String words = words(body);
        if (TOO_LONG.matcher(words).find()) {
            return new ModelFailure.ContextTooLong(said + "; lower --max-tokens or shorten the problem");
        }
        if (words.contains("rate limit") || words.contains("rate_limit")) {
            return new ModelFailure.RateLimited(said + "; ask less at once (--concurrency)", Optional.empty());
        }
        if (words.contains("overload") || words.contains("capacity")) {
            return new ModelFailure.Overloaded(said, Optional.empty());
        }
        return new ModelFailure.ServerFault(said, Optional.empty());
    }

    ModelFailure overloadedMidStream(String finishReason) {
        return new ModelFailure.Overloaded(
                url + " gave the answer up half way (" + quote(finishReason) + "); ask again later", Optional.empty());
    }

    ModelFailure filtered() {
        return new ModelFailure.ContentFiltered(
                url + " withheld the rest of the answer (content_filter); its rules are not ours to mend");
    }

    ModelFailure abandoned(String finishReason) {
        return new ModelFailure.ServerFault(
                url + " ended the answer with the reason '" + quote(finishReason)
                        + "'; look into the log of the server",
                Optional.empty());
    }

    ModelFailure cut(String how) {
        return new ModelFailure.CutStream(
                url + " cut the stream: " + quote(how) + "; a proxy or the server may limit how long a reply takes");
    }

    ModelFailure garbage(String what) {
        return new ModelFailure.Garbage(
                url + " does not keep to the protocol: " + quote(what) + "; check endpoint in the profile");
    }

    ModelFailure silent(ModelFailure.TimedOut.Limit limit) {
        return new ModelFailure.TimedOut(
                switch (limit) {
                    case CONNECT ->
                        url + " took no connection within " + seconds(limits.connect())
                                + " (limits.connect-seconds); check that the server runs and can be reached";
                    case FIRST_TOKEN ->
                        url + " sent no token within " + seconds(limits.firstToken())
                                + " (limits.first-token-seconds); ask less at once (--concurrency) or raise the limit";
                    case BETWEEN_TOKENS ->
                        url + " fell silent for " + seconds(limits.betweenTokens())
                                + " in the middle of an answer (limits.between-tokens-seconds)";
                    case REPLY ->
                        url + " had not ended its answer after "
                                + seconds(limits.reply().orElse(Duration.ZERO)) + " (limits.reply-seconds)";
                },
                limit);
    }

    /** What the HTTP client threw. Its own text is shown, its stack is not: headers could be in it. */
    ModelFailure thrown(Throwable thrown, boolean answering) {
        if (has(thrown, UnresolvedAddressException.class) || has(thrown, UnknownHostException.class)) {
            return new ModelFailure.Unreachable("no host " + url.getHost() + " is known, asked for " + url
                    + "; check endpoint in the profile, and the network");
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            // With a queue of connections to make, the client throws its timeout as a plain ConnectException.
            if (cause instanceof HttpConnectTimeoutException
                    || (cause instanceof ConnectException && "HTTP connect timed out".equals(cause.getMessage()))) {
                return silent(ModelFailure.TimedOut.Limit.CONNECT);
            }
            if (cause instanceof SSLException) {
                return new ModelFailure.Unreachable("no safe connection to " + url + " could be made: " + text(cause)
                        + "; check the certificate, and https against http in endpoint");
            }
            if (cause instanceof ConnectException) {
                return new ModelFailure.Unreachable("no connection to " + url.getScheme() + "://" + url.getAuthority()
                        + because(cause) + "; check that the server runs, its port, and endpoint in the profile");
            }
        }
        if (answering) {
            return cut(text(thrown));
        }
        return has(thrown, IOException.class)
                ? new ModelFailure.Unreachable(url + " closed the connection before it answered: " + text(thrown)
                        + "; look into the log of the server")
                : garbage(text(thrown));
    }

    private static boolean has(Throwable thrown, Class<? extends Throwable> kind) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** A text from outside: in one line, of bounded length, without the key. */
    String quote(String text) {
        String line = CONTROLS.matcher(key.redact(text)).replaceAll(" ").strip();
        return line.length() <= MOST_QUOTED ? line : line.substring(0, MOST_QUOTED) + "…";
    }

    private String because(Throwable cause) {
        return cause.getMessage() == null ? "" : " (" + quote(cause.getMessage()) + ")";
    }

    private String text(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isEmpty() ? thrown.getClass().getSimpleName() : quote(message);
    }

    private String modelsUrl() {
        String text = url.toString();
        return text.replaceAll("/(chat/)?completions$", "/models");
    }

    private static String words(ErrorBody body) {
        return (body.code() + " " + body.type() + " " + body.message()).toLowerCase(Locale.ROOT);
    }

    private static int statusIn(String code) {
        try {
            return Integer.parseInt(code);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String waitOf(Optional<Duration> retryAfter) {
        return retryAfter.map(wait -> " (retry after " + seconds(wait) + ")").orElse("");
    }

    private static String seconds(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
