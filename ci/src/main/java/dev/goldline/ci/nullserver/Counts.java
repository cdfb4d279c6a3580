package dev.goldline.ci.nullserver;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How often each prompt was asked with each seed, and how often answered to the end. */
public final class Counts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** @param prompt the last user turn, or the whole raw prompt */
    public record Attempt(String prompt, long seed) {}

    private static final class Count {
        private final AtomicInteger asked = new AtomicInteger();
        private final AtomicInteger finished = new AtomicInteger();
    }

    private final Map<Attempt, Count> counts = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    Counts() {}

    /** Requests for a prompt with a seed. */
    public int asked(String prompt, long seed) {
        return count(prompt, seed).asked.get();
    }

    /** Requests for a prompt with a seed whose answer was sent to its end. */
    public int finished(String prompt, long seed) {
        return count(prompt, seed).finished.get();
    }

    /** All requests. */
    public int asked() {
        return counts.values().stream().mapToInt(count -> count.asked.get()).sum();
    }

    /** All answers sent to their end. */
    public int finished() {
        return counts.values().stream().mapToInt(count -> count.finished.get()).sum();
    }

    /** Streams open now. */
    public int open() {
        return open.get();
    }

    /** Most streams open at once so far. */
    public int mostOpen() {
        return mostOpen.get();
    }

    int ask(String prompt, long seed) {
        return counts.computeIfAbsent(new Attempt(prompt, seed), any -> new Count())
                .asked
                .incrementAndGet();
    }

    void finish(String prompt, long seed) {
        count(prompt, seed).finished.incrementAndGet();
    }

    void opened() {
        int now = open.incrementAndGet();
        mostOpen.accumulateAndGet(now, Math::max);
    }

    void closed() {
        open.decrementAndGet();
    }

    /**
     * All of it.
     *
     * @param each whether every prompt and seed is listed
     */
    String json(boolean each) {
        ObjectNode root = JSON.createObjectNode()
                .put("asked", asked())
                .put("finished", finished())
                .put("attempts", counts.size())
                .put(
                        "most_asked",
                        counts.values().stream()
                                .mapToInt(count -> count.asked.get())
                                .max()
                                .orElse(0))
                .put(
                        "most_finished",
                        counts.values().stream()
                                .mapToInt(count -> count.finished.get())
                                .max()
                                .orElse(0))
                .put("open", open())
                .put("most_open", mostOpen());
        if (each) {
            Map<String, Count> sorted = new TreeMap<>();
            counts.forEach((attempt, count) -> sorted.put(attempt.seed + " " + attempt.prompt, count));
            ObjectNode list = root.putObject("each");
            sorted.forEach((attempt, count) ->
                    list.putObject(attempt).put("asked", count.asked.get()).put("finished", count.finished.get()));
        }
        return root.toString();
    }

    private Count count(String prompt, long seed) {
        Count count = counts.get(new Attempt(prompt, seed));
        return count == null ? new Count() : count;
    }
}
