package dev.goldline.judges.code.contest;

import dev.goldline.problemsets.contest.GroupRules;
import dev.goldline.problemsets.contest.GroupRules.VerdictRule;
import dev.goldline.problemsets.contest.ProblemPackage;
import dev.goldline.problemsets.contest.ProblemPackage.Type;
import dev.goldline.problemsets.contest.TestCase;
import dev.goldline.problemsets.contest.TestGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;

/**
 * Walks through a package's groups, runs the cases that are to be run, and makes one result of them.
 *
 * <p>Sources: the legacy format's default grader; problem package format 2025-09, test groups.
 */
final class Grading {
    /** Worst first, as the legacy grader orders them. */
    private static final List<CaseVerdict> WORST_FIRST = List.of(
            CaseVerdict.JE,
            CaseVerdict.RTE,
            CaseVerdict.MLE,
            CaseVerdict.TLE,
            CaseVerdict.OLE,
            CaseVerdict.WA,
            CaseVerdict.AC);

    /** Runs one case. */
    interface CaseRunner {
        CaseResult run(TestCase testCase) throws InterruptedException;
    }

    /** A member of a group, judged; {@code message} names the case that decided. */
    record Graded(CaseVerdict verdict, double score, String message) {}

    private final ProblemPackage problem;
    private final CaseRunner runner;
    private final List<CaseResult> results = new ArrayList<>();
    private final Map<String, CaseVerdict> groups = new HashMap<>();

    Grading(ProblemPackage problem, CaseRunner runner) {
        this.problem = problem;
        this.runner = runner;
    }

    SubmissionResult grade() throws InterruptedException {
        Graded graded = switch (problem.data().rules()) {
            case GroupRules.Legacy rules -> legacy(problem.data(), true);
            case GroupRules.Current rules -> current();
        };
        boolean scored = problem.is(Type.SCORING) && graded.verdict() != CaseVerdict.JE;
        return new SubmissionResult(
                graded.verdict(),
                scored ? OptionalDouble.of(graded.score()) : OptionalDouble.empty(),
                results,
                graded.message());
    }

    private CaseResult run(TestCase testCase) throws InterruptedException {
        CaseResult result = runner.run(testCase);
        results.add(result);
        return result;
    }

    private static Graded graded(CaseResult result, double score) {
        return new Graded(
                result.verdict(),
                score,
                result.verdict() == CaseVerdict.AC
                        ? ""
                        : result.name() + (result.message().isEmpty() ? "" : ": " + result.message()));
    }

    private Graded legacy(TestGroup group, boolean root) throws InterruptedException {
        GroupRules.Legacy rules = (GroupRules.Legacy) group.rules();
        List<Graded> members = new ArrayList<>();
        for (TestGroup inner : group.groups()) {
            Graded member = legacy(inner, false);
            if (!(root && rules.ignoreSample() && inner.name().equals("sample"))) {
                members.add(member);
            }
            if (member.verdict() != CaseVerdict.AC && rules.breakOnReject()) {
                return combine(rules, members, group.name());
            }
        }
        for (TestCase testCase : group.cases()) {
            CaseResult result = run(testCase);
            boolean accepted = result.verdict() == CaseVerdict.AC;
            members.add(graded(result, accepted ? result.score().orElse(rules.acceptScore()) : rules.rejectScore()));
            if (!accepted && rules.breakOnReject()) {
                break;
            }
        }
        return combine(rules, members, group.name());
    }

    private static Graded combine(GroupRules.Legacy rules, List<Graded> members, String name) {
        Graded decisive = decisive(rules.verdict(), members);
        boolean saved = decisive.verdict() != CaseVerdict.JE
                && (rules.verdict() == VerdictRule.ALWAYS_ACCEPT
                        || (rules.acceptIfAnyAccepted()
                                && members.stream().anyMatch(member -> member.verdict() == CaseVerdict.AC)));
        double score = members.stream()
                .mapToDouble(Graded::score)
                .reduce(combiner(rules))
                .orElse(0);
        if (rules.score() == GroupRules.Aggregation.AVERAGE) {
            score /= Math.max(1, members.size());
        }
        if (score < rules.leastScore() || score > rules.mostScore()) {
            return new Graded(
                    CaseVerdict.JE,
                    0,
                    "group " + name + " has score " + score + ", outside its range " + rules.leastScore() + " to "
                            + rules.mostScore());
        }
        return saved
                ? new Graded(CaseVerdict.AC, score, "")
                : new Graded(decisive.verdict(), score, decisive.message());
    }

    private static DoubleBinaryOperator combiner(GroupRules.Legacy rules) {
        return switch (rules.score()) {
            case SUM, AVERAGE, PASS_FAIL -> Double::sum;
            case MINIMUM -> Math::min;
            case MAXIMUM -> Math::max;
        };
    }

    /** A judge error decides whatever the rule. */
    private static Graded decisive(VerdictRule rule, List<Graded> members) {
        Graded worst = new Graded(CaseVerdict.AC, 0, "");
        Graded first = worst;
        for (Graded member : members) {
            if (WORST_FIRST.indexOf(member.verdict()) < WORST_FIRST.indexOf(worst.verdict())) {
                worst = member;
            }
            if (first.verdict() == CaseVerdict.AC) {
                first = member;
            }
        }
        return rule == VerdictRule.FIRST_ERROR && worst.verdict() != CaseVerdict.JE ? first : worst;
    }

    /** Every case is run but those of groups whose requirements are not met; the secret group's score is the problem's. */
    private Graded current() throws InterruptedException {
        Graded all = new Graded(CaseVerdict.AC, 0, "");
        for (TestGroup group : problem.data().groups()) {
            Graded graded = current(group);
            double score = group.name().equals("secret") ? graded.score() : all.score();
            boolean scoredSecret = problem.is(Type.SCORING) && group.name().equals("secret");
            if (scoredSecret && graded.verdict() != CaseVerdict.JE) {
                all = new Graded(score > 0 ? CaseVerdict.AC : all.verdict(), score, all.message());
                all = score > 0 || graded.verdict() == CaseVerdict.AC
                        ? all
                        : new Graded(graded.verdict(), score, graded.message());
            } else if (all.verdict() == CaseVerdict.AC || graded.verdict() == CaseVerdict.JE) {
                all = new Graded(graded.verdict(), score, graded.message());
            }
        }
        return all;
    }

    private Graded current(TestGroup group) throws InterruptedException {
        GroupRules.Current rules = (GroupRules.Current) group.rules();
        for (String required : rules.requirePass()) {
            CaseVerdict verdict = groups.get(required);
            if (verdict == null) {
                return new Graded(CaseVerdict.JE, 0, group.name() + " requires " + required + ", which comes after it");
            }
            if (verdict != CaseVerdict.AC) {
                groups.put(group.name(), CaseVerdict.WA);
                return new Graded(CaseVerdict.WA, 0, group.name() + " was not run: " + required + " did not pass");
            }
        }
        List<Graded> members = new ArrayList<>();
        for (TestGroup inner : group.groups()) {
            members.add(current(inner));
        }
        for (TestCase testCase : group.cases()) {
            CaseResult result = run(testCase);
            members.add(
                    problem.is(Type.SCORING) && !testCase.isSample()
                            ? scored(result, rules, group.cases().size())
                            : graded(result, 0));
        }
        Graded decisive = decisive(VerdictRule.FIRST_ERROR, members);
        groups.put(group.name(), decisive.verdict());
        return new Graded(decisive.verdict(), score(rules, members, decisive), decisive.message());
    }

    private static double score(GroupRules.Current rules, List<Graded> members, Graded decisive) {
        return switch (rules.aggregation()) {
            case SUM -> members.stream().mapToDouble(Graded::score).sum();
            case MINIMUM -> members.stream().mapToDouble(Graded::score).min().orElse(0);
            case MAXIMUM -> members.stream().mapToDouble(Graded::score).max().orElse(0);
            case AVERAGE ->
                members.stream().mapToDouble(Graded::score).average().orElse(0);
            case PASS_FAIL ->
                decisive.verdict() == CaseVerdict.AC ? rules.maximum().orElse(0) : 0;
        };
    }

    private static Graded scored(CaseResult result, GroupRules.Current rules, int cases) {
        boolean passFail = rules.aggregation() == GroupRules.Aggregation.PASS_FAIL;
        if (result.score().isPresent() && (passFail || result.verdict() == CaseVerdict.WA)) {
            return new Graded(
                    CaseVerdict.JE,
                    0,
                    result.name() + ": the validator gave a score "
                            + (passFail ? "in a group of pass or fail" : "to a rejected case"));
        }
        if (result.verdict() != CaseVerdict.AC || passFail) {
            return graded(result, 0);
        }
        if (rules.maximum().isEmpty()) {
            return result.score().isPresent() && !result.multiplier()
                    ? graded(result, result.score().getAsDouble())
                    : new Graded(
                            CaseVerdict.JE, 0, result.name() + ": an unbounded group needs score.txt of the validator");
        }
        double most = rules.aggregation() == GroupRules.Aggregation.SUM
                ? rules.maximum().getAsDouble() / cases
                : rules.maximum().getAsDouble();
        double score = result.multiplier()
                ? result.score().orElse(1) * most
                : result.score().orElse(most);
        return score > most * (1 + 1e-9)
                ? new Graded(CaseVerdict.JE, 0, result.name() + ": score " + score + " is above the maximum of " + most)
                : graded(result, score);
    }
}
