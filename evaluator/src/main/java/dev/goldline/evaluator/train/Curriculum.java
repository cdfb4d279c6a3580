package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.problemsets.micromath.Family;
import dev.goldline.problemsets.micromath.MicroMath;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a model is shown, as shares that need not add up to one.
 *
 * @param seed of the problems
 * @param families share of each family
 * @param levels share of each level, from level 1
 * @param modes share of each mode
 * @param slips of the documents in Speciale mode, those with a deliberate slip, in [0, 1]
 */
record Curriculum(long seed, Map<Family, Double> families, double[] levels, Map<Mode, Double> modes, double slips) {
    Curriculum {
        families = new EnumMap<>(families);
        modes = new EnumMap<>(modes);
        if (levels.length != MicroMath.LEVELS) {
            throw new IllegalArgumentException(
                    "data.levels has " + levels.length + " shares but there are " + MicroMath.LEVELS + " levels");
        }
        if (!(slips >= 0 && slips <= 1)) {
            throw new IllegalArgumentException("data.slips is " + slips + " but must be in [0, 1]");
        }
    }
}
