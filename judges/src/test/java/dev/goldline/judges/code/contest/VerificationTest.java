package dev.goldline.judges.code.contest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.goldline.judges.code.contest.Verification.Status;
import dev.goldline.judges.code.language.Languages;
import dev.goldline.judges.code.language.Toolchain;
import dev.goldline.judges.code.sandbox.Sandboxes;
import dev.goldline.problemsets.contest.PackageReader;
import dev.goldline.problemsets.contest.ProblemPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small packages, written here, judged in the sandbox of this machine. */
class VerificationTest {
    private static final String HEAD =
            "problem_format_version: 2025-09\nname: Echo\nuuid: 1\nlimits: {time_limit: 0.5}\n";
    private static final String ECHO = "print(input())\n";

    @TempDir
    private Path root;

    @BeforeEach
    void need_python() {
        assumeTrue(Toolchain.ofSystem().find("python3").isPresent(), "skipped: no Python 3");
    }

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Verification.Report verify() throws Exception {
        ProblemPackage problem = PackageReader.read(root);
        try (PackageJudge judge =
                new PackageJudge(Sandboxes.open(), Languages.bundled(), Toolchain.ofSystem(), problem)) {
            return Verification.verify(judge, problem, row -> {});
        }
    }

    private static SubmissionResult result(Verification.Report report, String name) {
        return report.rows().stream()
                .filter(row -> row.submission().name().equals(name))
                .findFirst()
                .flatMap(Verification.Row::result)
                .orElseThrow();
    }

    @Test
    void gives_each_submission_its_verdict() throws Exception {
        file("problem.yaml", HEAD);
        file("data/secret/1.in", "7\n");
        file("data/secret/1.ans", "7\n");
        file("submissions/accepted/a.py", ECHO);
        file("submissions/wrong_answer/w.py", "print(8)\n");
        file("submissions/time_limit_exceeded/t.py", "while True: pass\n");
        file("submissions/run_time_error/r.py", "print(7); 1 / 0\n");
        file("submissions/rejected/o.py", "while True: print(7)\n");
        file("submissions/accepted/liar.py", "print(8)\n");
        file("submissions/accepted/stranger.cobol", "DISPLAY 7\n");

        Verification.Report report = verify();

        assertThat(result(report, "accepted/a.py").verdict()).isEqualTo(CaseVerdict.AC);
        assertThat(result(report, "wrong_answer/w.py").verdict()).isEqualTo(CaseVerdict.WA);
        assertThat(result(report, "time_limit_exceeded/t.py").verdict()).isEqualTo(CaseVerdict.TLE);
        assertThat(result(report, "run_time_error/r.py").verdict()).isEqualTo(CaseVerdict.RTE);
        assertThat(result(report, "rejected/o.py").verdict()).isIn(CaseVerdict.OLE, CaseVerdict.TLE);
        assertThat(report.count(Status.AS_DECLARED)).isEqualTo(5);
        assertThat(report.count(Status.UNEXPECTED)).isEqualTo(1);
        assertThat(report.count(Status.SKIPPED)).isEqualTo(1);
    }

    @Test
    void hides_the_package_from_submissions() throws Exception {
        file("problem.yaml", HEAD);
        file("data/secret/1.in", "7\n");
        file("data/secret/1.ans", "8\n");
        Path answer = root.toRealPath().resolve("data/secret/1.ans");
        file("submissions/run_time_error/thief.py", "print(open('" + answer + "').read())\n");

        assertThat(verify().count(Status.AS_DECLARED)).isEqualTo(1);
    }

    @Test
    void takes_any_other_exit_code_of_a_validator_for_a_judge_error() throws Exception {
        file("problem.yaml", HEAD);
        file("data/secret/1.in", "7\n");
        file("data/secret/1.ans", "7\n");
        file("output_validator/v.py", "import sys\nsys.exit({'7': 42, '8': 43}.get(input(), 1))\n");
        file("submissions/accepted/a.py", ECHO);
        file("submissions/wrong_answer/w.py", "print(8)\n");
        file("submissions/wrong_answer/x.py", "print(9)\n");

        Verification.Report report = verify();

        assertThat(report.count(Status.AS_DECLARED)).isEqualTo(2);
        assertThat(report.count(Status.UNSCORED)).isEqualTo(1);
        assertThat(result(report, "wrong_answer/x.py").verdict()).isEqualTo(CaseVerdict.JE);
    }

    @Test
    void holds_a_conversation() throws Exception {
        file("problem.yaml", HEAD + "type: interactive\n");
        file("data/secret/1.in", "617\n");
        file("data/secret/1.ans", "");
        file("output_validator/v.py", """
                import sys
                secret = int(open(sys.argv[1]).read())
                for turn in range(12):
                    guess = int(input())
                    print((guess > secret) - (guess < secret), flush=True)
                    if guess == secret:
                        sys.exit(42)
                open(sys.argv[3] + 'judgemessage.txt', 'w').write('12 guesses')
                sys.exit(43)
                """);
        file("submissions/accepted/a.py", """
                low, high = 0, 1000
                while True:
                    middle = (low + high) // 2
                    print(middle, flush=True)
                    answer = int(input())
                    if answer == 0: break
                    if answer < 0: low = middle + 1
                    else: high = middle - 1
                """);
        file("submissions/wrong_answer/w.py", "while True: print(1, flush=True)\n");
        file("submissions/time_limit_exceeded/silent.py", "input()\n");

        Verification.Report report = verify();

        assertThat(report.count(Status.AS_DECLARED)).isEqualTo(3);
        assertThat(result(report, "wrong_answer/w.py").message()).contains("12 guesses");
    }

    @Test
    void runs_pass_after_pass() throws Exception {
        file("problem.yaml", HEAD + "type: multi-pass\n");
        file("data/secret/1.in", "first\n");
        file("data/secret/1.ans", "");
        file("output_validator/v.py", """
                import os, sys
                feedback = sys.argv[3]
                if not os.path.exists(feedback + 'seen'):
                    open(feedback + 'seen', 'w').close()
                    open(feedback + 'nextpass.in', 'w').write('second')
                    sys.exit(42)
                sys.exit(42 if input() == 'second' else 43)
                """);
        file("submissions/accepted/a.py", ECHO);
        file("submissions/wrong_answer/w.py", "print('first')\n");

        assertThat(verify().count(Status.AS_DECLARED)).isEqualTo(2);
    }

    @Test
    void scores_groups() throws Exception {
        file("problem.yaml", HEAD + "type: scoring\n");
        file("data/secret/test_group.yaml", "max_score: 100\nscore_aggregation: sum\n");
        for (int group = 1; group <= 2; group++) {
            file("data/secret/g" + group + "/test_group.yaml", "max_score: " + (group == 1 ? 30 : 70) + "\n");
            file("data/secret/g" + group + "/1.in", group + "\n");
            file("data/secret/g" + group + "/1.ans", group + "\n");
        }
        file("submissions/accepted/a.py", ECHO);
        file("submissions/partial/p.py", "print(1)\n");

        Verification.Report report = verify();

        assertThat(result(report, "accepted/a.py").score()).hasValue(100);
        assertThat(result(report, "partial/p.py").score()).hasValue(30);
    }

    @Test
    void scores_legacy_groups_and_gives_a_partial_solution_its_points() throws Exception {
        file("problem.yaml", "name: Echo\ntype: scoring\nlimits: {time_limit: 0.5}\n");
        file("data/testdata.yaml", "on_reject: continue\ngrader_flags: ignore_sample\n");
        file("data/secret/testdata.yaml", "on_reject: continue\ngrader_flags: first_error accept_if_any_accepted\n");
        for (int group = 1; group <= 2; group++) {
            file("data/secret/g" + group + "/testdata.yaml", "on_reject: break\ngrader_flags: min\naccept_score: 50\n");
            file("data/secret/g" + group + "/1.in", group + "\n");
            file("data/secret/g" + group + "/1.ans", group + "\n");
        }
        file("submissions/accepted/a.py", ECHO);
        file("submissions/partially_accepted/p.py", "print(1)\n");

        Verification.Report report = verify();

        assertThat(result(report, "accepted/a.py").score()).hasValue(100);
        assertThat(result(report, "partially_accepted/p.py").score()).hasValue(50);
        assertThat(result(report, "partially_accepted/p.py").verdict()).isEqualTo(CaseVerdict.AC);
    }
}
