package dev.goldline.modelruntime.openai;

/**
 * Parts a text into thought and answer at {@code <think>} and {@code </think>}, wherever the pieces it comes in are cut.
 *
 * <pre>
 * text    = [ space* "&lt;think>" thought "&lt;/think>" ] answer
 * </pre>
 *
 * <p>A text may also begin inside the thought. Text that may turn out to be part of a tag is held back until it is clear.
 */
final class ThoughtSplitter {
    static final String OPEN_TAG = "<think>";
    static final String CLOSE_TAG = "</think>";

    /** What is told as it becomes clear. */
    interface Listener {
        void thought(String text);

        void thoughtClosed();

        void answer(String text);
    }

    private enum State {
        UNDECIDED,
        THOUGHT,
        ANSWER
    }

    private final Listener listener;
    private final StringBuilder held = new StringBuilder();
    private State state;

    /** @param open whether the text begins inside the thought */
    ThoughtSplitter(Listener listener, boolean open) {
        this.listener = listener;
        this.state = open ? State.THOUGHT : State.UNDECIDED;
    }

    /** The thought was sent apart, or is behind us: all text is answer from here. */
    void answerBegins() {
        if (state != State.ANSWER) {
            finish();
            state = State.ANSWER;
        }
    }

    /** Whether it no longer looks for tags. */
    boolean isPassive() {
        return state == State.ANSWER;
    }

    void accept(String text) {
        switch (state) {
            case ANSWER -> listener.answer(text);
            case UNDECIDED -> undecided(text);
            case THOUGHT -> thought(text);
        }
    }

    /** The text is over: what was held back is told. */
    void finish() {
        if (held.isEmpty()) {
            return;
        }
        String rest = held.toString();
        held.setLength(0);
        switch (state) {
            case THOUGHT -> listener.thought(rest);
            case UNDECIDED, ANSWER -> listener.answer(rest);
        }
    }

    private void undecided(String text) {
        held.append(text);
        int start = 0;
        while (start < held.length() && Character.isWhitespace(held.charAt(start))) {
            start++;
        }
        String seen = held.substring(start);
        if (seen.startsWith(OPEN_TAG)) {
            held.setLength(0);
            state = State.THOUGHT;
            if (seen.length() > OPEN_TAG.length()) {
                thought(seen.substring(OPEN_TAG.length()));
            }
        } else if (!OPEN_TAG.startsWith(seen)) {
            String all = held.toString();
            held.setLength(0);
            state = State.ANSWER;
            listener.answer(all);
        }
    }

    private void thought(String text) {
        String seen = held.isEmpty() ? text : held.append(text).toString();
        int close = seen.indexOf(CLOSE_TAG);
        if (close >= 0) {
            held.setLength(0);
            if (close > 0) {
                listener.thought(seen.substring(0, close));
            }
            state = State.ANSWER;
            listener.thoughtClosed();
            if (seen.length() > close + CLOSE_TAG.length()) {
                listener.answer(seen.substring(close + CLOSE_TAG.length()));
            }
            return;
        }
        int keep = heldBack(seen);
        held.setLength(0);
        held.append(seen, seen.length() - keep, seen.length());
        if (keep == 0) {
            listener.thought(seen);
        } else if (keep < seen.length()) {
            listener.thought(seen.substring(0, seen.length() - keep));
        }
    }

    /** Length of the longest end of the text that begins a closing tag. */
    private static int heldBack(String seen) {
        for (int length = Math.min(seen.length(), CLOSE_TAG.length() - 1); length > 0; length--) {
            if (seen.regionMatches(seen.length() - length, CLOSE_TAG, 0, length)) {
                return length;
            }
        }
        return 0;
    }
}
