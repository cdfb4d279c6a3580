package dev.goldline.evaluator.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** A run's state as text. */
final class LiveText {
    private LiveText() {}

    /** All of it on one line. */
    static String line(LiveState state) {
        StringJoiner parts = new StringJoiner("  ");
        parts.add(state.done() + "/" + state.total() + " attempts");
        parts.add(state.inFlight() + " in flight");
        state.accuracies().forEach(accuracy -> parts.add(accuracy(accuracy)));
        parts.add(Math.round(state.thinkingPerSecond()) + " thinking tok/s");
        parts.add(tokens(state));
        state.money().ifPresent(money -> parts.add(money(money)));
        String stops = stops(state);
        if (!stops.isEmpty()) {
            parts.add(stops);
        }
        if (state.unscored() > 0) {
            parts.add(state.unscored() + " unscored");
        }
        parts.add(timeLeft(state) + " left");
        return parts.toString();
    }

    /** A few lines for a terminal, none longer than it is wide. */
    static List<String> table(LiveState state, int width) {
        List<String> lines = new ArrayList<>();
        lines.add(state.done() + "/" + state.total() + " attempts   " + state.inFlight() + " in flight (at most "
                + state.concurrency() + ")   " + timeLeft(state) + " left");
        lines.add(Math.round(state.thinkingPerSecond()) + " thinking tok/s   " + tokens(state)
                + state.money().map(money -> "   " + money(money)).orElse(""));
        lines.add(stops(state)
                + (state.unscored() > 0 ? "   " + state.unscored() + " unscored" : "")
                + (state.spared() > 0 ? "   " + state.spared() + " spared" : ""));
        state.accuracies().forEach(accuracy -> lines.add(accuracy(accuracy)));
        return lines.stream()
                .map(line -> line.length() < width ? line : line.substring(0, Math.max(0, width - 1)))
                .toList();
    }

    private static String accuracy(LiveState.Accuracy accuracy) {
        return String.format(
                Locale.ROOT,
                "%s %.2f [%.2f, %.2f] n=%d",
                accuracy.mode(),
                accuracy.share(),
                accuracy.interval().low(),
                accuracy.interval().high(),
                accuracy.scored());
    }

    private static String tokens(LiveState state) {
        return state.outputTokens() + " tokens" + (state.lostTokens() > 0 ? " (" + state.lostTokens() + " lost)" : "");
    }

    private static String money(LiveState.Money money) {
        return String.format(Locale.ROOT, "%.4f %s", money.amount(), money.currency());
    }

    private static String stops(LiveState state) {
        StringJoiner parts = new StringJoiner(" ");
        for (Map.Entry<String, Integer> stop : state.stops().entrySet()) {
            parts.add(stop.getKey() + " " + stop.getValue());
        }
        return parts.toString();
    }

    private static String timeLeft(LiveState state) {
        if (state.secondsLeft().isEmpty()) {
            return "?";
        }
        long left = state.secondsLeft().getAsLong();
        return left >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", left / 3600, left / 60 % 60, left % 60)
                : String.format(Locale.ROOT, "%d:%02d", left / 60, left % 60);
    }
}
