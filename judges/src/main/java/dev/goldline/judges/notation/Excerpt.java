package dev.goldline.judges.notation;

/** A text cut for a message. */
public final class Excerpt {
    private Excerpt() {}

    /** At most so many characters of a text, never half a surrogate pair; what was cut off leaves three dots. */
    public static String of(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "...";
    }
}
