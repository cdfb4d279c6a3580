package dev.goldline.evaluator.schedule;

import dev.goldline.modelruntime.chat.ModelFailure;
import java.time.Duration;

/** What kind of thing broke a try, and so how often it is tried again and after what pause. */
public enum FailureClass {
    /** The endpoint has too much to do: it will take us later. */
    PUSHED_BACK("rate-limit", 40, Duration.ofSeconds(1)),
    /** The endpoint failed. */
    SERVER("server", 5, Duration.ofSeconds(2)),
    /** No connection, or a connection that broke. */
    CONNECTION("connection", 6, Duration.ofSeconds(1)),
    /** Nothing came for too long. */
    STALL("stall", 3, Duration.ofSeconds(1)),
    /** What came made no sense. */
    GARBAGE("garbage", 3, Duration.ofSeconds(1)),
    /** This request will never be served: its attempt is unscored, the others go on. */
    REFUSED("refused", 0, Duration.ZERO),
    /** No request will be served until a person mends something: the run ends. */
    HOPELESS("hopeless", 0, Duration.ZERO);

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final String label;
    private final int retries;
    private final Duration firstPause;

    FailureClass(String label, int retries, Duration firstPause) {
        this.label = label;
        this.retries = retries;
        this.firstPause = firstPause;
    }

    /** The name used in logs, as the cause of lost work. */
    public String label() {
        return label;
    }

    /** How often an attempt is tried again after failures of this class. */
    public int retries() {
        return retries;
    }

    /** The longest pause before the next try: it doubles from try to try, up to a minute. */
    Duration ceiling(int failures) {
        Duration grown = firstPause.multipliedBy(1L << Math.min(20, Math.max(0, failures - 1)));
        return grown.compareTo(LONGEST_PAUSE) < 0 ? grown : LONGEST_PAUSE;
    }

    /** The class of what a model's stream ended with. */
    public static FailureClass of(ModelFailure failure) {
        return switch (failure) {
            case ModelFailure.RateLimited limited -> PUSHED_BACK;
            case ModelFailure.Overloaded overloaded -> PUSHED_BACK;
            case ModelFailure.ServerFault fault -> SERVER;
            case ModelFailure.Unreachable unreachable -> CONNECTION;
            case ModelFailure.CutStream cut -> CONNECTION;
            case ModelFailure.Garbage garbage -> GARBAGE;
            case ModelFailure.TimedOut timedOut ->
                switch (timedOut.limit()) {
                    case CONNECT -> CONNECTION;
                    case FIRST_TOKEN, BETWEEN_TOKENS -> STALL;
                    case REPLY -> REFUSED;
                };
            case ModelFailure.BadRequest bad -> REFUSED;
            case ModelFailure.ContextTooLong tooLong -> REFUSED;
            case ModelFailure.ContentFiltered filtered -> REFUSED;
            case ModelFailure.Unauthorized unauthorized -> HOPELESS;
            case ModelFailure.OutOfCredit outOfCredit -> HOPELESS;
            case ModelFailure.UnknownModel unknown -> HOPELESS;
        };
    }
}
