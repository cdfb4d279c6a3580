package dev.goldline.evaluator.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.evaluator.console.ExitStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

@NullMarked
class PrintedBytesTest {
    private final StringWriter err = new StringWriter();

    private int statusWhenWritingFailsWith(String reason) {
        PrintedBytes bytes = new PrintedBytes(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        });
        PrintWriter out = Goldline.writer(new PrintStream(bytes));
        out.println("figures");
        out.flush();
        return bytes.statusAfter(ExitStatus.GOOD, new PrintWriter(err));
    }

    @Test
    void figures_that_a_full_disk_swallows_are_no_success() {
        assertThat(statusWhenWritingFailsWith("No space left on device")).isEqualTo(ExitStatus.ENVIRONMENT);
        assertThat(err.toString()).contains("goldline: could not print: No space left on device");
    }

    @Test
    void a_reader_that_has_seen_enough_is_no_failure() {
        assertThat(statusWhenWritingFailsWith("Broken pipe")).isEqualTo(ExitStatus.GOOD);
        assertThat(err.toString()).isEmpty();
    }
}
