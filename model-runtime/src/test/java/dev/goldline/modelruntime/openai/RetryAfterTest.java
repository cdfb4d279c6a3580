package dev.goldline.modelruntime.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {
    private static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            retry-after    | 7                             | PT7S
            retry-after    | 0.25                          | PT0.25S
            retry-after    | -7                            | PT0S
            retry-after    | 1e300                         | PT24H
            retry-after    | NaN                           |
            retry-after    | Sun, 01 Mar 2026 12:00:30 GMT | PT30S
            retry-after    | Sun, 01 Mar 2026 11:00:00 GMT | PT0S
            retry-after    | Sun, 01 Mar 2099 12:00:00 GMT | PT24H
            retry-after    | soon                          |
            retry-after-ms | 1500                          | PT1.5S
            """)
    void reads_seconds_and_dates(String header, String value, String wait) {
        HttpHeaders headers = HttpHeaders.of(Map.of(header, List.of(value)), (name, text) -> true);
        assertThat(RetryAfter.of(headers, NOON))
                .isEqualTo(Optional.ofNullable(wait).map(Duration::parse));
    }
}
