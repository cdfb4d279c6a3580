package dev.goldline.reports.runlog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A set of attempt keys in a bit each: the repeats of a problem share words of 64. So what a writer remembers grows with
 * the problems asked and hardly with the attempts made, and no index, however high, takes more than its own word.
 */
final class KeyIndex {
    private final Map<Word, Long> words = new HashMap<>();
    private int size;

    /** 64 repeats of one problem: those whose index divided by 64 is {@code number}. */
    private record Word(String model, String set, String problem, Mode mode, int number) {
        static Word of(AttemptKey key) {
            return new Word(key.model(), key.set(), key.problem(), key.mode(), key.index() >>> 6);
        }
    }

    private static long bit(AttemptKey key) {
        return 1L << (key.index() & 63);
    }

    boolean contains(AttemptKey key) {
        return (words.getOrDefault(Word.of(key), 0L) & bit(key)) != 0;
    }

    /** Returns whether it was new. */
    boolean add(AttemptKey key) {
        Word word = Word.of(key);
        long before = words.getOrDefault(word, 0L);
        long after = before | bit(key);
        if (after == before) {
            return false;
        }
        words.put(word, after);
        size++;
        return true;
    }

    void remove(AttemptKey key) {
        Word word = Word.of(key);
        long before = words.getOrDefault(word, 0L);
        long after = before & ~bit(key);
        if (after == before) {
            return;
        }
        if (after == 0) {
            words.remove(word);
        } else {
            words.put(word, after);
        }
        size--;
    }

    int size() {
        return size;
    }

    Set<AttemptKey> toSet() {
        Set<AttemptKey> keys = HashSet.newHashSet(size);
        words.forEach((word, bits) -> {
            for (long rest = bits; rest != 0; rest &= rest - 1) {
                int index = (word.number << 6) + Long.numberOfTrailingZeros(rest);
                keys.add(new AttemptKey(word.set, word.problem, word.model, word.mode, index));
            }
        });
        return Set.copyOf(keys);
    }
}
