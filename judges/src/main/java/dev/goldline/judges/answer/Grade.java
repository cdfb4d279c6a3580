package dev.goldline.judges.answer;

import dev.goldline.judges.equality.Finding;
import dev.goldline.judges.extraction.Extraction;
import java.util.Optional;

/**
 * Whether an answer says what the gold answer says.
 *
 * @param finding the verdict, its method and its witness or reason
 * @param code {@code equal}, {@code not-equal}, {@code no-answer}, {@code contract}, {@code unread}, {@code too-long},
 *     {@code undecided}, {@code bad-gold} or {@code no-gold}
 * @param gold what was taken as the gold answer; empty if nothing was
 * @param answer what was taken as the answer; empty if nothing was
 */
public record Grade(Finding finding, String code, Optional<Extraction> gold, Optional<Extraction> answer) {
    public boolean isYes() {
        return finding.isYes();
    }

    public boolean isNo() {
        return finding.isNo();
    }
}
