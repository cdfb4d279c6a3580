package dev.goldline.modelruntime.openai;

import java.util.Arrays;

/**
 * Tells whether text has come to repeat itself: whether its tail, of some least length, is one period at least four
 * times over.
 *
 * <p>The last {@value #WINDOW} characters are kept, folded to a byte each. Each time a quarter of the window has come,
 * the Knuth–Morris–Pratt failure function of the reversed window is computed: its value f at length n
 * says that the last n characters have the period n − f. A look takes at most two steps a kept character, and
 * each character is looked at four times, so the cost of a character is constant on average. Folding can only make different characters look the same, which four whole periods over thousands of characters do not
 * do by accident.
 */
final class LoopDetector {
    static final int WINDOW = 16_384;
    private static final int LOOK_EVERY = WINDOW / 4;
    private static final int REPEATS = 4;

    private final int least;
    private byte[] ring = new byte[512];
    private int size;
    private int next;
    private int sinceLook;
    private int period;

    /** @param least characters that must repeat before it counts as a loop, at most {@value #WINDOW}; 0: never */
    LoopDetector(int least) {
        this.least = least;
    }

    /** Adds text; true if the text so far ends in a loop. */
    boolean append(String text) {
        if (least == 0) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            push((byte) (c ^ (c >>> 8)));
        }
        sinceLook += text.length();
        if (sinceLook < LOOK_EVERY || size < least) {
            return false;
        }
        sinceLook = 0;
        return look();
    }

    /** The period of the loop that was found, in characters; 0 if none was. */
    int period() {
        return period;
    }

    private void push(byte folded) {
        if (next == ring.length) {
            if (ring.length < WINDOW) {
                ring = Arrays.copyOf(ring, ring.length * 2);
            } else {
                next = 0;
            }
        }
        ring[next++] = folded;
        size = Math.min(size + 1, WINDOW);
    }

    private boolean look() {
        byte[] reversed = new byte[size];
        for (int i = 0, from = next; i < size; i++) {
            from = from == 0 ? ring.length - 1 : from - 1;
            reversed[i] = ring[from];
        }
        short[] border = new short[size];
        for (int i = 1; i < size; i++) {
            int k = border[i - 1];
            while (k > 0 && reversed[i] != reversed[k]) {
                k = border[k - 1];
            }
            border[i] = (short) (reversed[i] == reversed[k] ? k + 1 : k);
            int length = i + 1;
            int candidate = length - border[i];
            if (length >= least && candidate * REPEATS <= length) {
                period = candidate;
                return true;
            }
        }
        return false;
    }
}
