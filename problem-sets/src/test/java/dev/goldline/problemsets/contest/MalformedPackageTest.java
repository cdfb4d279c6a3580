package dev.goldline.problemsets.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Packages with one defect each: the error names the file and the key. */
class MalformedPackageTest {
    private static final String GOOD = "problem_format_version: 2025-09|name: Echo|uuid: 1|";

    @TempDir
    private Path root;

    @BeforeEach
    void make_a_good_package() throws IOException {
        file("problem.yaml", GOOD);
        file("data/secret/1.in", "7");
        file("data/secret/1.ans", "7");
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text.replace('|', '\n'));
    }

    @Test
    void reads_a_good_package() throws IOException {
        ProblemPackage problem = PackageReader.read(root);

        assertThat(problem.format()).isEqualTo(PackageFormat.V2025_09);
        assertThat(problem.data().all().map(TestCase::name)).containsExactly("secret/1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "problem_format_version: 2027-01; problem.yaml:1; problem_format_version; 2027-01",
                "problem_format_version: 2025-09|name: A; problem.yaml; uuid; missing",
                "problem_format_version: 2025-09|uuid: 1; problem.yaml; name; missing",
                GOOD + "colour: red; problem.yaml:4; colour; unknown",
                GOOD + "limits: {memroy: 3}; problem.yaml:4; limits.memroy; unknown",
                GOOD + "limits:|  memory: -1; problem.yaml:5; limits.memory; -1",
                GOOD + "limits:|  time_limit: fast; problem.yaml:5; limits.time_limit; fast",
                GOOD + "limits: {time_multipliers: {ac: 2}}; problem.yaml:4; limits.time_multipliers.ac; unknown",
                GOOD + "limits: {validation_passes: 3}; problem.yaml:4; limits.validation_passes; multi-pass",
                GOOD + "limits: 3; problem.yaml:4; limits; mapping",
                GOOD + "type: scorign; problem.yaml:4; type; scorign",
                GOOD + "type: [pass-fail, scoring]; problem.yaml:4; type; both",
                GOOD + "type: [scoring, scoring]; problem.yaml:4; type; twice",
                GOOD + "type: [submit-answer, interactive]; problem.yaml:4; type; excludes",
                GOOD + "type: interactive; problem.yaml; interactive; validator",
                GOOD + "allow_file_writing: maybe; problem.yaml:4; allow_file_writing; maybe",
                GOOD + "constants: {n: 3}; problem.yaml:4; constants; not supported",
                GOOD + "name: B; problem.yaml:4; name; twice",
                GOOD + "keywords: &a [x]; problem.yaml:4; anchor; write the value out",
                GOOD + "keywords: [x; problem.yaml; not YAML; line",
                "- a; problem.yaml:1; expected keys; name",
                "validation: strange; problem.yaml:1; validation; strange",
                "validation: custom; problem.yaml:1; validation; output_validators",
                "type: graded; problem.yaml:1; type; graded",
                "problem_format_version: legacy-icpc|type: scoring; problem.yaml:2; type; legacy-icpc"
            })
    void names_what_is_wrong_in_problem_yaml(String yaml, String where, String key, String what) throws IOException {
        file("problem.yaml", yaml);

        assertThatThrownBy(() -> PackageReader.read(root))
                .isInstanceOf(PackageException.class)
                .hasMessageContaining(where)
                .hasMessageContaining(key)
                .satisfies(e -> assertThat(e.getMessage()).containsAnyOf(what, "YAML"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "data/secret/test_group.yaml; max_points: 3; test_group.yaml:1; max_points",
                "data/secret/test_group.yaml; max_score: 3; test_group.yaml:1; max_score",
                "data/secret/test_group.yaml; require_pass: [nowhere]; test_group.yaml:1; nowhere",
                "data/secret/1.yaml; hints: x; 1.yaml:1; hints",
                "data/secret/2.in; 3; 2.in; 2.ans is missing",
                "data/secret/group/1.in; 3; secret; both cases and groups",
                "submissions/submissions.yaml; a: {permited: [AC]}; submissions.yaml:1; permited",
                "submissions/submissions.yaml; a: {permitted: [OK]}; submissions.yaml:1; OK",
                "submissions/submissions.yaml; a{b: {permitted: [AC]}; submissions.yaml; braces"
            })
    void names_what_is_wrong_in_other_files(String name, String text, String where, String what) throws IOException {
        if (name.equals("data/secret/group/1.in")) {
            file("data/secret/group/1.ans", "3");
        }
        file(name, text);

        assertThatThrownBy(() -> PackageReader.read(root))
                .isInstanceOf(PackageException.class)
                .hasMessageContaining(where)
                .hasMessageContaining(what);
    }

    @Test
    void refuses_links_out_of_the_package() throws IOException {
        Files.createSymbolicLink(root.resolve("data/secret/2.in"), Path.of("/etc/passwd"));

        assertThatThrownBy(() -> PackageReader.read(root))
                .isInstanceOf(PackageException.class)
                .hasMessageContaining("leaves the package");
    }

    @ParameterizedTest
    @CsvSource({"../evil, leads out", "/evil, leads out", "a/../../evil, leads out", "a\\b, leads out"})
    void refuses_archives_that_climb_out(String entry, String complaint) throws IOException {
        Path archive = root.resolve("p.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry(entry));
        }
        Path folder = Files.createDirectory(root.resolve("unpacked"));

        assertThatThrownBy(() -> PackageArchive.unpack(archive, folder))
                .isInstanceOf(PackageException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void refuses_archives_that_swell() throws IOException {
        Path archive = root.resolve("p.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("zeros"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                zip.write(zeros);
            }
        }
        Path folder = Files.createDirectory(root.resolve("unpacked"));

        assertThatThrownBy(() -> PackageArchive.unpack(archive, folder))
                .isInstanceOf(PackageException.class)
                .hasMessageContaining("unpacks to more");
    }

    @Test
    void unpacks_a_package() throws IOException {
        Path archive = root.resolve("p.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String name : new String[] {"echo/problem.yaml", "echo/data/secret/1.in", "echo/data/secret/1.ans"}) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(
                        name.endsWith("yaml")
                                ? GOOD.replace('|', '\n').getBytes(java.nio.charset.StandardCharsets.UTF_8)
                                : new byte[] {'7'});
            }
        }
        Path folder = Files.createDirectory(root.resolve("unpacked"));

        assertThat(PackageReader.read(PackageArchive.unpack(archive, folder)).name())
                .isEqualTo("echo");
    }
}
