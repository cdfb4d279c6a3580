package dev.goldline.evaluator.live;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;

/** Shows a run's states as they come. */
public sealed interface LiveView extends AutoCloseable {
    /** A later state of the run. */
    void show(LiveState state);

    @Override
    void close();

    /** A line for each state, for a log. */
    static LiveView lines(Consumer<String> out) {
        return new Lines(out);
    }

    /**
     * A few lines that are painted over, for a terminal.
     *
     * @param width its columns
     */
    static LiveView table(PrintStream terminal, int width) {
        return new Table(terminal, width);
    }

    /** For logs. */
    record Lines(Consumer<String> out) implements LiveView {
        @Override
        public void show(LiveState state) {
            out.accept(LiveText.line(state));
        }

        @Override
        public void close() {}
    }

    /** For terminals. */
    final class Table implements LiveView {
        /** To the beginning of the line, so many lines up, and clear all that follows (ECMA-48 CPL and ED). */
        private static final String UP_AND_CLEAR = "\u001b[%dF\u001b[J";

        private final PrintStream terminal;
        private final int width;
        private int painted;

        private Table(PrintStream terminal, int width) {
            this.terminal = terminal;
            this.width = width;
        }

        @Override
        public void show(LiveState state) {
            List<String> lines = LiveText.table(state, width);
            StringBuilder frame = new StringBuilder();
            if (painted > 0) {
                frame.append(String.format(UP_AND_CLEAR, painted));
            }
            lines.forEach(line -> frame.append(line).append('\n'));
            painted = lines.size();
            terminal.print(frame);
            terminal.flush();
        }

        @Override
        public void close() {}
    }
}
