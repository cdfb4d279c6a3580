package dev.goldline.reports.runlog;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Tries that an attempt made in vain before the one that its record tells of, all for the same cause. What they cost was
 * paid and is not part of the attempt's usage.
 *
 * @param cause a short name of what broke them, such as {@code rate-limit}, {@code connection}, {@code crash}
 * @param tries how many, 1 or more
 * @param prompt prompt tokens of those tries that were let in, if somebody knows
 * @param output output tokens that came before they broke, reasoning included
 * @param reasoning tokens of thought among them, if somebody knows
 */
public record LostWork(String cause, int tries, OptionalLong prompt, long output, OptionalLong reasoning) {
    public LostWork {
        if (cause.isBlank() || tries < 1 || output < 0 || reasoning.orElse(0) < 0 || reasoning.orElse(0) > output) {
            throw new IllegalArgumentException("inconsistent lost work: cause '" + cause + "', tries " + tries
                    + ", output " + output + ", reasoning " + reasoning);
        }
        if (prompt.orElse(0) < 0) {
            throw new IllegalArgumentException("prompt tokens must be 0 or more, were " + prompt);
        }
    }

    /** One try of which nothing came, such as a request that was turned away: it cost nothing. */
    public static LostWork turnedAway(String cause) {
        return new LostWork(cause, 1, OptionalLong.of(0), 0, OptionalLong.of(0));
    }

    /** The list with one more; work lost for the same cause is added up. */
    public static List<LostWork> plus(List<LostWork> lost, LostWork more) {
        List<LostWork> sum = new ArrayList<>();
        LostWork added = more;
        for (LostWork each : lost) {
            if (each.cause.equals(more.cause)) {
                added = each.plus(added);
            } else {
                sum.add(each);
            }
        }
        sum.add(added);
        return List.copyOf(sum);
    }

    private LostWork plus(LostWork other) {
        return new LostWork(
                cause,
                tries + other.tries,
                sum(prompt, other.prompt),
                output + other.output,
                sum(reasoning, other.reasoning));
    }

    /** Unknown as soon as one part is: an amount of which a part is unknown is not known. */
    private static OptionalLong sum(OptionalLong a, OptionalLong b) {
        return a.isPresent() && b.isPresent() ? OptionalLong.of(a.getAsLong() + b.getAsLong()) : OptionalLong.empty();
    }
}
