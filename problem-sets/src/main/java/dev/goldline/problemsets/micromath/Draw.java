package dev.goldline.problemsets.micromath;

import java.util.random.RandomGenerator;

/** Draws numbers for a level. */
record Draw(RandomGenerator random, int level) {
    /** From {@code low} to {@code high}, both included. */
    int from(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** From 1, or the lower of the two, to the entry of this level. */
    int upTo(int low, int... highByLevel) {
        return from(low, at(highByLevel));
    }

    int at(int... byLevel) {
        return byLevel[level - 1];
    }

    /** Not 0, from {@code -high} to {@code high}. */
    int signed(int high) {
        int value = from(1, high);
        return random.nextBoolean() ? value : -value;
    }
}
