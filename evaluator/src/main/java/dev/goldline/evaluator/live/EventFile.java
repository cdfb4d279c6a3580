package dev.goldline.evaluator.live;

import dev.goldline.reports.runlog.AttemptRecord;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * The live view as JSON lines, appended to a file: {@code {"at":…,"event":"progress", …}} with every name of {@link
 * LiveState}, {@code {"event":"attempt", …}} for each attempt that is on disk, and {@code {"event":"end", "how":…}}. Safe
 * for use by many threads.
 */
public final class EventFile implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final BufferedWriter output;
    private final InstantSource clock;
    private Optional<IOException> failure = Optional.empty();

    /** @throws IOException if the file cannot be written */
    public EventFile(Path file, InstantSource clock) throws IOException {
        this.output = Files.newBufferedWriter(
                file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.clock = clock;
    }

    public void progress(LiveState state) {
        Map<String, Object> event = event("progress");
        event.put("state", state);
        write(event, true);
    }

    public void attempt(AttemptRecord attempt) {
        Map<String, Object> event = event("attempt");
        event.put("key", attempt.key());
        event.put("outcome", attempt.verdict().outcome());
        event.put("stopReason", attempt.stopReason());
        event.put("outputTokens", attempt.outputTokens());
        event.put("reasoningTokens", attempt.reasoningTokens());
        event.put("lostTokens", attempt.lostOutputTokens());
        write(event, false);
    }

    public void end(String how) {
        Map<String, Object> event = event("end");
        event.put("how", how);
        write(event, true);
    }

    private Map<String, Object> event(String name) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("at", clock.instant().toString());
        event.put("event", name);
        return event;
    }

    private synchronized void write(Map<String, Object> event, boolean flush) {
        if (failure.isPresent()) {
            return;
        }
        try {
            output.write(JSON.writeValueAsString(event));
            output.write('\n');
            if (flush) {
                output.flush();
            }
        } catch (IOException e) {
            // Watching must not end what is watched; whoever closes learns of it.
            failure = Optional.of(e);
        }
    }

    /** @throws IOException if not all events could be written */
    @Override
    public synchronized void close() throws IOException {
        try (output) {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }
}
