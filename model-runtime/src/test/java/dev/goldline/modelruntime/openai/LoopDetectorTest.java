package dev.goldline.modelruntime.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LoopDetectorTest {
    private static final int LEAST = 1024;

    @Test
    void finds_any_period_once_it_has_repeated_long_enough() {
        SplittableRandom random = new SplittableRandom(3);
        for (int run = 0; run < 60; run++) {
            LoopDetector detector = new LoopDetector(LEAST);
            assertThat(feed(detector, random, randomText(random, random.nextInt(40_000))))
                    .isZero();
            int period = 1 + random.nextInt(2000);
            String cycle = randomText(random, period);
            int needed = Math.max(LEAST, 4 * period) + LoopDetector.WINDOW / 4 + period;
            int read = feed(detector, random, cycle.repeat(needed / period + 2));
            assertThat(read).as("run %d, period %d", run, period).isBetween(1, needed + 64);
            assertThat(period % detector.period()).isZero();
        }
    }

    @Test
    void text_that_only_comes_back_to_the_same_words_is_no_loop() {
        SplittableRandom random = new SplittableRandom(4);
        String[] words = {" wait", " let me", " check", " the", " case", " again", " n", " is", " even", "\n"};
        LoopDetector detector = new LoopDetector(LEAST);
        for (int i = 0; i < 40_000; i++) {
            assertThat(detector.append(words[random.nextInt(words.length)])).isFalse();
        }
    }

    @Test
    void a_list_that_counts_on_is_no_loop() {
        LoopDetector detector = new LoopDetector(LEAST);
        for (int n = 0; n < 20_000; n++) {
            assertThat(detector.append("Case n = " + n + ": the remainder is not 0, so we go on.\n"))
                    .isFalse();
        }
    }

    @Test
    void a_repetition_shorter_than_the_least_length_is_let_pass() {
        LoopDetector detector = new LoopDetector(LEAST);
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 50; i++) {
            assertThat(feed(detector, random, "0, ".repeat(LEAST / 3 - 20) + randomText(random, 200)))
                    .isZero();
        }
    }

    @Test
    void can_be_switched_off() {
        assertThat(new LoopDetector(0).append("again ".repeat(100_000))).isFalse();
    }

    /** Characters read until a loop was found; 0 if none was. */
    private static int feed(LoopDetector detector, SplittableRandom random, String text) {
        for (int at = 0; at < text.length(); ) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(12));
            if (detector.append(text.substring(at, end))) {
                return end;
            }
            at = end;
        }
        return 0;
    }

    private static String randomText(SplittableRandom random, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
