package dev.goldline.modelruntime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {
    private static final DocumentSource SOURCE = Documents.counting(50, 30);

    @ParameterizedTest
    @ValueSource(longs = {0, 63, 64, 1000})
    void gives_the_documents_of_its_source_in_order(long first) {
        try (ReadAhead ahead = new ReadAhead(SOURCE, 3)) {
            for (long i = first; i < first + 300; i++) {
                assertThat(ahead.document(i).ids()).isEqualTo(SOURCE.document(i).ids());
            }
        }
    }

    @Test
    void documents_may_be_skipped_and_asked_for_again_nearby() {
        try (ReadAhead ahead = new ReadAhead(SOURCE, 2)) {
            for (long i : new long[] {5, 4, 70, 70, 64, 9000, 8999, 20_000}) {
                assertThat(ahead.document(i).ids())
                        .as("document %d", i)
                        .isEqualTo(SOURCE.document(i).ids());
            }
        }
    }

    @Test
    void refuses_to_go_back_rather_than_give_another_document() {
        try (ReadAhead ahead = new ReadAhead(SOURCE, 1)) {
            ahead.document(200);
            assertThatThrownBy(() -> ahead.document(100))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("document 100 has been passed: documents are read forwards, from 192 on");
        }
    }

    @Test
    void a_document_that_cannot_be_made_fails_with_its_own_error() {
        DocumentSource failing = index -> {
            throw new IllegalArgumentException("no problem at level 9");
        };
        try (ReadAhead ahead = new ReadAhead(failing, 1)) {
            assertThatThrownBy(() -> ahead.document(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no problem at level 9");
        }
    }

    @Test
    void closing_waits_for_no_document_that_nobody_asked_for() {
        DocumentSource endless = index -> {
            if (index >= 64) {
                synchronized (SOURCE) {
                    try {
                        SOURCE.wait();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
            return SOURCE.document(index);
        };
        try (ReadAhead ahead = new ReadAhead(endless, 1)) {
            assertThat(ahead.document(3).ids()).isEqualTo(SOURCE.document(3).ids());
        }
    }
}
