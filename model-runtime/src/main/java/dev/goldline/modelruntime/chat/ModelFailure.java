package dev.goldline.modelruntime.chat;

import java.time.Duration;
import java.util.Optional;

/**
 * Why an answer could not be had, when it was not the model's doing. Every message names the endpoint, what it said, and
 * the mend. Whether asking again may help is a property of the kind.
 */
public sealed interface ModelFailure {
    /** One line for a person. */
    String message();

    /** Whether the same request may succeed later. */
    boolean retryable();

    /** How long the endpoint asks to be left alone; empty where it does not say. */
    default Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** Asked too often (429). */
    record RateLimited(String message, Optional<Duration> retryAfter) implements ModelFailure {
        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The endpoint has no room now (503, 529, or an answer given up half way for lack of it). */
    record Overloaded(String message, Optional<Duration> retryAfter) implements ModelFailure {
        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The endpoint failed (other 5xx, or an error in the middle of the stream). */
    record ServerFault(String message, Optional<Duration> retryAfter) implements ModelFailure {
        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The key is missing, wrong, or not allowed to do this (401, 403). */
    record Unauthorized(String message) implements ModelFailure {
        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** The account has no money left (402, or 429 saying so). */
    record OutOfCredit(String message) implements ModelFailure {
        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** The endpoint does not serve this model, or is not where we asked (404). */
    record UnknownModel(String message) implements ModelFailure {
        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** The endpoint will not take the request as it is (400 and other 4xx). */
    record BadRequest(String message) implements ModelFailure {
        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** Prompt and output limit together do not fit the context window. */
    record ContextTooLong(String message) implements ModelFailure {
        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** A filter of the endpoint withheld the answer. */
    record ContentFiltered(String message) implements ModelFailure {
        @Override
        public boolean retryable() {
            return false;
        }
    }

    /** No connection could be made. */
    record Unreachable(String message) implements ModelFailure {
        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The stream ended before the answer did. */
    record CutStream(String message) implements ModelFailure {
        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** What came is not what the protocol says. */
    record Garbage(String message) implements ModelFailure {
        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** A limit on time passed. */
    record TimedOut(String message, Limit limit) implements ModelFailure {
        /** Which limit. */
        public enum Limit {
            /** Making the connection. */
            CONNECT,
            /** From asking to the first token. */
            FIRST_TOKEN,
            /** From one token to the next. */
            BETWEEN_TOKENS,
            /** The whole reply; none unless asked for. */
            REPLY
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }
}
