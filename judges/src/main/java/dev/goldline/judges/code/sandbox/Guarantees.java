package dev.goldline.judges.code.sandbox;

import java.util.List;

/**
 * What confines programs on this machine.
 *
 * @param backend its name, such as {@code landlock-seccomp}
 * @param kept what is guaranteed and by what means, one sentence each
 * @param lacking what is not guaranteed here, one sentence each
 */
public record Guarantees(String backend, List<String> kept, List<String> lacking) {
    public Guarantees {
        kept = List.copyOf(kept);
        lacking = List.copyOf(lacking);
    }
}
