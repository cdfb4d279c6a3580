package dev.goldline.ci.grading;

import dev.goldline.judges.answer.AnswerGrader;
import dev.goldline.judges.contract.AnswerContract;
import dev.goldline.judges.extraction.ExtractionPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Grades the pairs of a suite again and again on one thread, from the text to the verdict, then hostile pairs.
 *
 * <p>{@code java -cp … dev.goldline.ci.grading.GradingBenchmark FOLDER [rounds]}: the folder of the conformance data;
 * without it a few pairs of our own are used. A figure is the median of the last half of the rounds with their extremes.
 */
public final class GradingBenchmark {
    private static final AnswerGrader GRADER = new AnswerGrader(ExtractionPolicy.GOLD, ExtractionPolicy.LENIENT);
    private static final int ROUNDS = 30;

    private record Pair(String id, String gold, String answer) {}

    private GradingBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        String folder = arguments.length > 0 ? arguments[0] : System.getProperty("goldline.conformance", "");
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        List<Pair> pairs = folder.isEmpty() ? own() : suite(Path.of(folder, "math", "math_verify_cases.json"));
        System.out.printf(
                Locale.ROOT,
                "%d pairs%s, one thread%n",
                pairs.size(),
                folder.isEmpty() ? " of our own" : " of " + folder);
        suite(pairs, rounds);
        hostile();
    }

    private static void suite(List<Pair> pairs, int rounds) {
        List<Double> rates = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            for (Pair pair : pairs) {
                long before = System.nanoTime();
                GRADER.grade(pair.gold(), pair.answer(), AnswerContract.ANY);
                if (round >= rounds / 2) {
                    times.add(System.nanoTime() - before);
                }
            }
            if (round >= rounds / 2) {
                rates.add(pairs.size() * 1e9 / (System.nanoTime() - start));
            }
        }
        double[] sorted =
                rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        long[] each = times.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%.0f pairs/s (%.0f to %.0f over %d rounds); a pair: median %.0f us, p99 %.2f ms, most %.2f ms%n",
                sorted[sorted.length / 2],
                sorted[0],
                sorted[sorted.length - 1],
                sorted.length,
                each[each.length / 2] / 1e3,
                each[(int) (each.length * 0.99)] / 1e6,
                each[each.length - 1] / 1e6);
    }

    private static void hostile() {
        for (Pair pair : List.of(
                new Pair("9^{9^{9}}", "7", "\\boxed{9^{9^{9}}}"),
                new Pair("10^{10^{10}}", "7", "\\boxed{10^{10^{10}}}"),
                new Pair("(10^9)!", "7", "\\boxed{(10^9)!}"),
                new Pair("10 000 brackets", "7", "\\boxed{" + "(".repeat(10_000) + "7" + ")".repeat(10_000) + "}"),
                new Pair("1 MB of \\frac", "7", "\\boxed{" + "\\frac".repeat(200_000) + "}"),
                new Pair("1/2004! and 1/2006!", "1/2004!", "\\boxed{1/2006!}"))) {
            long[] nanos = new long[50];
            String verdict = "";
            for (int i = 0; i < nanos.length; i++) {
                long start = System.nanoTime();
                verdict = GRADER.grade(pair.gold(), pair.answer(), AnswerContract.ANY)
                        .finding()
                        .equality()
                        .name();
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            System.out.printf(
                    Locale.ROOT,
                    "%-22s %-8s median %.2f ms, most %.2f ms%n",
                    pair.id(),
                    verdict,
                    nanos[nanos.length / 2] / 1e6,
                    nanos[nanos.length - 1] / 1e6);
        }
    }

    private static List<Pair> suite(Path file) throws IOException {
        List<Pair> pairs = new ArrayList<>();
        for (JsonNode each :
                JsonMapper.builder().build().readTree(Files.readString(file)).path("cases")) {
            pairs.add(new Pair(
                    each.path("id").asString(),
                    each.path("gold").asString(""),
                    each.path("answer").asString("")));
        }
        return pairs;
    }

    private static List<Pair> own() {
        return List.of(
                new Pair("fraction", "\\frac{1}{2}", "so \\boxed{0.5}"),
                new Pair("polynomial", "(x+1)^3", "\\boxed{x^3+3x^2+3x+1}"),
                new Pair("radical", "1+\\sqrt{2}", "\\boxed{\\sqrt{3+2\\sqrt{2}}}"),
                new Pair("identity", "\\tan^2 y+1", "\\boxed{\\sec^2 y}"),
                new Pair("union", "(-\\infty,3)\\cup(3,\\infty)", "\\boxed{x \\ne 3}"),
                new Pair("list", "1 \\pm \\sqrt{5}", "\\boxed{1+\\sqrt{5}, 1-\\sqrt{5}}"));
    }
}
