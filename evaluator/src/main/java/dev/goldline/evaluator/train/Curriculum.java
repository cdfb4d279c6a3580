package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.yaml.RefusedValueException;
import dev.goldline.problemsets.micromath.Family;
import dev.goldline.problemsets.micromath.MicroMath;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
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
record Curriculum(long seed, Map<Family, Double> families, List<Double> levels, Map<Mode, Double> modes, double slips) {
    /** @throws RefusedValueException naming the share that makes no sense */
    Curriculum {
        requireShares("families", families.values());
        requireShares("levels", levels);
        requireShares("modes", modes.values());
        if (levels.size() != MicroMath.LEVELS) {
            throw new RefusedValueException(
                    "levels", "has " + levels.size() + " shares but there are " + MicroMath.LEVELS + " levels");
        }
        if (!(slips >= 0 && slips <= 1)) {
            throw new RefusedValueException("slips", "is " + slips + " but must be in [0, 1]");
        }
        families = Collections.unmodifiableMap(new EnumMap<>(families));
        levels = List.copyOf(levels);
        modes = Collections.unmodifiableMap(new EnumMap<>(modes));
    }

    private static void requireShares(String key, Collection<Double> shares) {
        for (double share : shares) {
            if (!(share >= 0 && Double.isFinite(share))) {
                throw new RefusedValueException(key, "has a share of " + share + " but shares are 0 or more");
            }
        }
        if (shares.stream().noneMatch(share -> share > 0)) {
            throw new RefusedValueException(key, "has no share above 0: nothing would be shown");
        }
    }
}
