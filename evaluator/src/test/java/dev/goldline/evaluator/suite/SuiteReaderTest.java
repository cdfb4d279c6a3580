package dev.goldline.evaluator.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullMarked
class SuiteReaderTest {
    @TempDir
    Path folder;

    @Test
    void every_shipped_suite_reads() throws Exception {
        for (String name : SuiteReader.names()) {
            assertThat(SuiteReader.find(name).name()).isEqualTo(name);
        }
    }

    @Test
    void the_olympiad_takes_500_samples_and_submits_the_50_longest_thoughts() throws Exception {
        Suite ioi = SuiteReader.find("ioi");
        assertThat(ioi.samples()).hasValue(500);
        assertThat(ioi.selection()).contains(new Suite.Selection(true, 50));
        assertThat(ioi.temperature()).hasValue(1.0);
        assertThat(ioi.topP()).hasValue(0.95);
        assertThat(ioi.maxOutputTokens()).hasValue(131_072);
        assertThat(SuiteReader.find("icpc").samples()).hasValue(32);
    }

    @Test
    void a_suite_overrides_its_protocol() throws Exception {
        Suite suite = read("""
                name: mine
                protocol: icpc
                samples: 8
                sampling: {temperature: 0.6}
                limits: {run: {minutes: 10}}
                """);
        assertThat(suite.samples()).hasValue(8);
        assertThat(suite.temperature()).hasValue(0.6);
        assertThat(suite.topP()).hasValue(0.95);
        assertThat(suite.runLimit()).hasToString("time of 600 s");
    }

    @Test
    void tools_in_speciale_mode_are_refused_with_the_reason() {
        assertThatThrownBy(() -> read("name: x\nmodes: [speciale]\ntools: true\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("asks for tools in mode speciale, which was trained without them");
    }

    @Test
    void an_unknown_key_is_refused_with_its_line() {
        assertThatThrownBy(() -> read("name: x\nsample: 3\n"))
                .hasMessageContaining("suite.yaml:2: sample is not known here");
    }

    private Suite read(String yaml) throws Exception {
        Path file = folder.resolve("suite.yaml");
        Files.writeString(file, yaml);
        return SuiteReader.find(file.toString());
    }
}
