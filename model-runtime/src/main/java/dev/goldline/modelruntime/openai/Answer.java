package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ModelFailure;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.chat.Usage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The events of one answer as they are made from what the endpoint sends: counts tokens, closes the thought once, adds up
 * usage, and remarks on what does not fit. Used by one thread.
 */
final class Answer implements ThoughtSplitter.Listener {
    private final Queue<ChatEvent> ready = new ArrayDeque<>();
    private final List<String> remarks = new ArrayList<>();
    private final LoopDetector loop;
    private final boolean mayThink;
    private final int thinkingLimit;
    private boolean thoughtBegun;
    private boolean thoughtClosed;
    private boolean looping;
    private boolean pastBudget;
    private int offset;
    private int lateThoughts;
    private int repeated;
    private @Nullable Usage usage;
    private boolean usageMissing;
    private String lastAnswer = "";
    private @Nullable String strayTag;
    private boolean stopped;

    /**
     * @param mayThink whether the mode asked for thinks
     * @param thinkingLimit thought past this offset is not told: {@link #isPastBudget}
     * @param offset tokens of the answer that came before
     * @param thoughtBegun whether its thought had begun
     * @param thoughtClosed whether its thought had ended
     */
    Answer(
            LoopDetector loop,
            boolean mayThink,
            int thinkingLimit,
            int offset,
            boolean thoughtBegun,
            boolean thoughtClosed) {
        this.loop = loop;
        this.mayThink = mayThink;
        this.thinkingLimit = thinkingLimit;
        this.offset = offset;
        this.thoughtBegun = thoughtBegun;
        this.thoughtClosed = thoughtClosed;
    }

    @Nullable
    ChatEvent poll() {
        return ready.poll();
    }

    int offset() {
        return offset;
    }

    /** Output tokens so far are these. Never goes back. */
    void countTo(int tokens) {
        offset = Math.max(offset, tokens);
    }

    boolean isThinking() {
        return thoughtBegun && !thoughtClosed;
    }

    boolean isThoughtClosed() {
        return thoughtClosed;
    }

    boolean isStopped() {
        return stopped;
    }

    boolean isLooping() {
        return looping;
    }

    boolean isPastBudget() {
        return pastBudget;
    }

    int loopPeriod() {
        return loop.period();
    }

    /** Whether the answer shows that the endpoint leaves the thought in it, without a tag at its beginning. */
    boolean hasStrayThought() {
        return strayTag != null;
    }

    @Override
    public void thought(String text) {
        if (thoughtClosed) {
            lateThoughts++;
            return;
        }
        if (offset > thinkingLimit) {
            pastBudget = true;
            return;
        }
        thoughtBegun = true;
        ready.add(new ChatEvent.ReasoningDelta(text, offset));
        looping |= loop.append(text);
    }

    @Override
    public void thoughtClosed() {
        if (!thoughtClosed) {
            thoughtBegun = true;
            thoughtClosed = true;
            ready.add(new ChatEvent.ThoughtClosed(offset, false));
        }
    }

    /** The thinking budget ends the thought; the closing token is counted. */
    void forceThoughtClosed() {
        thoughtBegun = true;
        thoughtClosed = true;
        offset++;
        ready.add(new ChatEvent.ThoughtClosed(offset, true));
    }

    @Override
    public void answer(String text) {
        if (mayThink && !thoughtBegun) {
            lookForStrayTag(text);
        }
        ready.add(new ChatEvent.ContentDelta(text, offset));
        looping |= loop.append(text);
    }

    void toolPart(Chunk.ToolPart part) {
        ready.add(new ChatEvent.ToolCallDelta(part.index(), part.id(), part.name(), part.arguments(), offset));
    }

    void repeatedPiece() {
        repeated++;
    }

    void remark(String text) {
        if (!remarks.contains(text)) {
            remarks.add(text);
        }
    }

    /**
     * A request is over.
     *
     * @param counted what the endpoint counted for it; null if it did not
     * @param pieces pieces of text it sent
     */
    void requestEnded(@Nullable Usage counted, int pieces) {
        if (counted == null) {
            usageMissing = true;
            return;
        }
        // A piece is a token or more; the last may be a rest that was held back.
        if (pieces > counted.output() + 2) {
            remark("the endpoint sent " + pieces + " pieces but counts " + counted.output()
                    + " tokens: its count is wrong, or something on the way repeats pieces");
        }
        Usage before = usage;
        usage = before == null
                ? counted
                : new Usage(
                        before.prompt() + counted.prompt(),
                        sum(before.cached(), counted.cached()),
                        before.output() + counted.output(),
                        sum(before.reasoning(), counted.reasoning()));
    }

    void stop(StopReason reason, String detail, Optional<ModelFailure> failure) {
        stopped = true;
        if (usage != null && !usageMissing) {
            ready.add(new ChatEvent.UsageReport(usage));
        }
        List<String> all = new ArrayList<>();
        if (!detail.isEmpty()) {
            all.add(detail);
        }
        if (repeated > 0) {
            all.add(repeated + " pieces came twice and were left out the second time");
        }
        if (lateThoughts > 0) {
            all.add(lateThoughts + " pieces of thought came after the answer had begun and were left out");
        }
        all.addAll(remarks);
        ready.add(new ChatEvent.Stop(reason, String.join("; ", all), failure));
    }

    private void lookForStrayTag(String text) {
        String seen = lastAnswer + text;
        if (seen.contains(ThoughtSplitter.CLOSE_TAG)) {
            strayTag = ThoughtSplitter.CLOSE_TAG;
        }
        lastAnswer = seen.substring(Math.max(0, seen.length() - ThoughtSplitter.CLOSE_TAG.length() + 1));
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() + other.getAsLong())
                : OptionalLong.empty();
    }
}
