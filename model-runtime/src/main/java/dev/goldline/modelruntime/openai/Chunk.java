package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one event of a stream said. Filled again for every event by {@link ChunkReader}. */
final class Chunk {
    /** Part of a call to a tool. */
    record ToolPart(int index, String id, String name, String arguments) {}

    String reasoning = "";
    String content = "";
    String finishReason = "";
    final List<ToolPart> toolParts = new ArrayList<>();

    @Nullable
    Usage usage;
    /** Counts that contradict each other; empty if none came or they do not. */
    String badUsage = "";

    @Nullable
    ErrorBody error;

    void clear() {
        reasoning = "";
        content = "";
        finishReason = "";
        if (!toolParts.isEmpty()) {
            toolParts.clear();
        }
        usage = null;
        badUsage = "";
        error = null;
    }

    /** Whether it brought more of the answer. */
    boolean hasOutput() {
        return !reasoning.isEmpty() || !content.isEmpty() || !toolParts.isEmpty();
    }

    /** Whether a piece of text is all it brought. */
    boolean isText() {
        return finishReason.isEmpty()
                && toolParts.isEmpty()
                && usage == null
                && badUsage.isEmpty()
                && error == null
                && reasoning.isEmpty() != content.isEmpty();
    }
}
