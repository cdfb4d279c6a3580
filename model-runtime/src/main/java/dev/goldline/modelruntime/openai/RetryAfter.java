package dev.goldline.modelruntime.openai;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The header {@code Retry-After}: seconds or an HTTP date (RFC 9110, 10.2.3), or {@code retry-after-ms}. */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /** The wait asked for, from 0 to a day; empty if none is, or not in a form that is understood. */
    static Optional<Duration> of(HttpHeaders headers, InstantSource clock) {
        return headers.firstValue("retry-after-ms")
                .flatMap(text -> number(text, 1))
                .or(() -> headers.firstValue("retry-after")
                        .flatMap(text -> number(text, 1000).or(() -> date(text, clock))))
                .map(RetryAfter::bounded);
    }

    private static Optional<Duration> number(String text, int millis) {
        try {
            double wait = Double.parseDouble(text.strip()) * millis;
            return Double.isFinite(wait)
                    ? Optional.of(Duration.ofMillis((long) Math.ceil(Math.min(wait, LONGEST.toMillis()))))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> date(String text, InstantSource clock) {
        try {
            return Optional.of(Duration.between(
                    clock.instant(),
                    ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Duration bounded(Duration wait) {
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
