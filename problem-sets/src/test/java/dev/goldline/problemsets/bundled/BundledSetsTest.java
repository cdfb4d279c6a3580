package dev.goldline.problemsets.bundled;

import static org.assertj.core.api.Assertions.assertThat;

import dev.goldline.problemsets.micromath.MicroMath;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.problemsets.set.ProblemSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BundledSetsTest {
    private final ProblemSet microMath = BundledSets.find("micro-math").orElseThrow();

    @Test
    void micro_math_has_20_held_out_problems_of_each_family_and_4_of_each_level() {
        Map<String, Long> cells = microMath.problems().stream()
                .collect(Collectors.groupingBy(
                        problem -> problem.family() + " " + problem.tags().get("level"), Collectors.counting()));

        assertThat(microMath.problems()).hasSize(140);
        assertThat(cells)
                .hasSize(7 * MicroMath.LEVELS)
                .allSatisfy((cell, n) -> assertThat(n).isEqualTo(4));
    }

    @Test
    void micro_math_is_the_same_everywhere() {
        assertThat(microMath.contentHash())
                .isEqualTo("e747e2bfe82610dc98adbd27cece95867960934f899f89d83cbd43627ded469f");
        assertThat(microMath.problems())
                .extracting(Problem::id)
                .first()
                .asString()
                .startsWith("mm-remainder-1-0000");
    }

    @Test
    void knows_its_names_and_no_others() {
        assertThat(BundledSets.names())
                .allSatisfy(name -> assertThat(BundledSets.find(name)).isPresent());
        assertThat(BundledSets.find("micro-maths")).isEmpty();
    }
}
