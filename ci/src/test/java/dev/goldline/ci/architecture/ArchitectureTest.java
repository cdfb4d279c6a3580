package dev.goldline.ci.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureTest {
    private static final String ROOT = "dev.goldline.";
    private static final String COMMAND = ROOT + "evaluator.command..";

    /** The arrows of the design: what each module may see besides itself. */
    private static final Map<String, Set<String>> MAY_SEE = Map.of(
            "problemsets", Set.of(),
            "modelruntime", Set.of(),
            "judges", Set.of("problemsets", "modelruntime"),
            "reports", Set.of(),
            "evaluator", Set.of("problemsets", "modelruntime", "judges", "reports"));

    /** Inside a gradient collector these free the number's tensor before it is used, and gradients come out wrong. */
    private static final Set<String> ARITHMETIC =
            Set.of("add", "addi", "sub", "subi", "mul", "muli", "div", "divi", "mod", "modi", "pow", "powi");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.goldline");

    /** What ships: benchmarks may print, and compare us with what we do not use. */
    private static final JavaClasses SHIPPED = CLASSES.that(DescribedPredicate.not(resideInAPackage(ROOT + "ci..")));

    @ParameterizedTest
    @ValueSource(strings = {"problemsets", "modelruntime", "judges", "reports", "evaluator"})
    void a_module_sees_only_what_the_design_lets_it_see(String module) {
        String[] forbidden = MAY_SEE.keySet().stream()
                .filter(other -> !other.equals(module))
                .filter(other -> !MAY_SEE.getOrDefault(module, Set.of()).contains(other))
                .map(other -> ROOT + other + "..")
                .toArray(String[]::new);
        assertThat(CLASSES.stream().filter(resideInAPackage(ROOT + module + "..")))
                .as("classes of " + module)
                .isNotEmpty();
        if (forbidden.length > 0) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + module + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden)
                    .check(CLASSES);
        }
    }

    @Test
    void every_class_belongs_to_a_module_of_the_design() {
        List<String> strays = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> MAY_SEE.keySet().stream()
                        .noneMatch(module -> name.equals(ROOT + module) || name.startsWith(ROOT + module + ".")))
                .filter(name -> !name.startsWith(ROOT + "ci"))
                .distinct()
                .toList();
        assertThat(strays).isEmpty();
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("dev.goldline.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void only_the_command_ends_the_process() {
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND)
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(SHIPPED);
    }

    @Test
    void only_the_command_prints_and_only_the_progress_bar_paints() {
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(SHIPPED);
        noClasses()
                .that()
                .resideOutsideOfPackage(COMMAND)
                .and()
                .doNotHaveFullyQualifiedName(ROOT + "evaluator.run.Sitting")
                .should()
                .accessField(System.class, "err")
                .check(SHIPPED);
    }

    @Test
    void nothing_draws_from_an_unseeded_or_weak_random_source() {
        noClasses()
                .should()
                .dependOnClassesThat(assignableTo(Random.class))
                .orShould()
                .callMethod(Math.class, "random")
                .check(SHIPPED);
    }

    @Test
    void tensors_are_never_combined_with_bare_numbers() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName))
                .contains(ROOT + "modelruntime.djl", ROOT + "modelruntime.training");
        noClasses().should().callMethodWhere(combinesTensorWithNumber()).check(CLASSES);
    }

    private static DescribedPredicate<JavaMethodCall> combinesTensorWithNumber() {
        return describe(
                "a tensor and a Number (hold the constant as a tensor instead)",
                call -> (call.getTargetOwner().isAssignableTo(NDArray.class)
                                || call.getTargetOwner().isEquivalentTo(NDArrays.class))
                        && ARITHMETIC.contains(call.getName())
                        && call.getTarget().getRawParameterTypes().stream()
                                .anyMatch(type -> type.isEquivalentTo(Number.class)));
    }
}
