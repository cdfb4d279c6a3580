package dev.goldline.ci.nullserver;

import java.util.Locale;

/** What a reply does wrong. */
public enum Fault {
    /** Nothing. */
    NONE,
    /** 429 without a word on when to come back. */
    RATE_LIMIT,
    /** 429 with {@code Retry-After: 1}. */
    RATE_LIMIT_WAIT,
    /** 503. */
    OVERLOADED,
    /** 500. */
    SERVER_ERROR,
    /** 401, with the key that was sent in the message. */
    UNAUTHORIZED,
    /** 404. */
    UNKNOWN_MODEL,
    /** 400: prompt and output do not fit. */
    CONTEXT_TOO_LONG,
    /** 200 with a page of HTML. */
    HTML,
    /** 200 with a JSON error instead of a stream. */
    JSON_ERROR,
    /** Half of the tokens, then silence with comments that keep the connection open. */
    STALL,
    /** Half of the tokens, then the connection is closed. */
    CUT,
    /** Half of the tokens, then bytes that are no event. */
    GARBAGE,
    /** Half of the tokens, then an error as an event. */
    ERROR_IN_STREAM,
    /** The first token takes the script's long delay. */
    SLOW_FIRST_TOKEN,
    /** Every event carries an id, and every tenth comes twice. */
    DUPLICATES,
    /** Token counts that contradict each other. */
    WRONG_USAGE,
    /** No token counts. */
    NO_USAGE,
    /** The same sentence without end, up to the output limit. */
    LOOP,
    /** Half of the tokens, then the finish reason {@code length}. */
    LENGTH;

    /** The name used on the command line, such as {@code slow-first-token}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The fault of that label.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Fault ofLabel(String label) {
        for (Fault fault : values()) {
            if (fault.label().equals(label)) {
                return fault;
            }
        }
        throw new IllegalArgumentException("no fault '" + label + "'");
    }
}
