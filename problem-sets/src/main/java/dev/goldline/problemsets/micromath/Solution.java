package dev.goldline.problemsets.micromath;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A thought that leads to the answer: printable ASCII and line feeds.
 *
 * @param segments in order; to be joined without anything between
 */
public record Solution(List<Segment> segments) {
    public Solution {
        segments = List.copyOf(segments);
    }

    /**
     * How many digits, punctuation marks, spaces and words it has: what a tokenizer makes of it that keeps digits and
     * punctuation single and knows the words.
     */
    public int symbols() {
        int symbols = 0;
        boolean inWord = false;
        for (Segment segment : segments) {
            for (int i = 0; i < segment.text().length(); i++) {
                boolean letter = Character.isLetter(segment.text().charAt(i));
                if (!letter || !inWord) {
                    symbols++;
                }
                inWord = letter;
            }
        }
        return symbols;
    }

    /** The whole thought. */
    public String text() {
        return segments.stream().map(Segment::text).collect(Collectors.joining());
    }
}
