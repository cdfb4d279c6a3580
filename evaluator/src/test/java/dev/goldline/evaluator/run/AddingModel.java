package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.chat.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.NullMarked;

/** Adds two numbers, not always rightly. What it writes depends on the request alone; how long it takes does not. */
@NullMarked
final class AddingModel implements ChatModel {
    private final Duration perEvent;

    AddingModel(Duration perEvent) {
        this.perEvent = perEvent;
    }

    @Override
    public String name() {
        return "adding";
    }

    @Override
    public String revision() {
        return "1";
    }

    @Override
    public Set<Mode> modes() {
        return EnumSet.of(Mode.STANDARD, Mode.SPECIALE);
    }

    @Override
    public ChatStream open(ChatRequest request) {
        Deque<ChatEvent> events = events(request);
        return new ChatStream() {
            @Override
            public ChatEvent next() throws InterruptedException {
                Thread.sleep(perEvent);
                return events.remove();
            }

            @Override
            public void close() {}
        };
    }

    private static Deque<ChatEvent> events(ChatRequest request) {
        SplittableRandom random = new SplittableRandom(request.sampling().seed());
        Deque<ChatEvent> events = new ArrayDeque<>();
        int wanted = random.nextInt(3, request.mode() == Mode.SPECIALE ? 30 : 12);
        int thought = Math.min(wanted, request.thinkingBudget().orElse(wanted));
        int offset = 0;
        while (offset < thought && offset < request.maxOutputTokens()) {
            offset++;
            events.add(new ChatEvent.ReasoningDelta("t" + random.nextInt(1000) + " ", offset));
        }
        int reasoning = offset;
        if (offset < request.maxOutputTokens()) {
            reasoning = ++offset;
            events.add(new ChatEvent.ThoughtClosed(offset, thought < wanted));
        }
        StopReason stop = StopReason.LENGTH;
        if (offset < request.maxOutputTokens()) {
            offset++;
            events.add(new ChatEvent.ContentDelta("\\boxed{" + answer(request, random) + "}", offset));
            stop = StopReason.STOP;
        }
        events.add(new ChatEvent.UsageReport(new Usage(10, 0, offset, reasoning)));
        events.add(new ChatEvent.Stop(stop, ""));
        return events;
    }

    private static int answer(ChatRequest request, SplittableRandom random) {
        String asked = request.messages().getLast().content();
        int plus = asked.indexOf('+');
        int sum = Integer.parseInt(asked, 0, plus, 10) + Integer.parseInt(asked, plus + 1, asked.length(), 10);
        return random.nextInt(10) < (request.mode() == Mode.SPECIALE ? 8 : 5) ? sum : sum + 1;
    }

    @Override
    public void close() {}
}
