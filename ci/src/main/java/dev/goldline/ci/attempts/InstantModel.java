package dev.goldline.ci.attempts;

import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.chat.Usage;
import java.util.EnumSet;
import java.util.Set;

/** Answers at once, with a short thought and always the same number. */
final class InstantModel implements ChatModel {
    private static final int THOUGHT = 16;

    @Override
    public String name() {
        return "instant";
    }

    @Override
    public String revision() {
        return "1";
    }

    @Override
    public Set<Mode> modes() {
        return EnumSet.of(Mode.STANDARD);
    }

    @Override
    public ChatStream open(ChatRequest request) {
        return new ChatStream() {
            private int next;

            @Override
            public ChatEvent next() {
                int offset = ++next;
                if (offset <= THOUGHT) {
                    return new ChatEvent.ReasoningDelta("think ", offset);
                }
                return switch (offset - THOUGHT) {
                    case 1 -> new ChatEvent.ThoughtClosed(offset, false);
                    case 2 -> new ChatEvent.ContentDelta("\\boxed{4}", offset);
                    case 3 -> new ChatEvent.UsageReport(new Usage(12, 0, THOUGHT + 2, THOUGHT));
                    default -> new ChatEvent.Stop(StopReason.STOP, "");
                };
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}
}
