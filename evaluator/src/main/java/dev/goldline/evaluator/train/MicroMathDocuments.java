package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.chat.Message;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.encoding.V32Encoding;
import dev.goldline.modelruntime.tokenizer.Tokenizer;
import dev.goldline.modelruntime.training.DocumentSource;
import dev.goldline.modelruntime.training.TrainingDocument;
import dev.goldline.problemsets.micromath.Length;
import dev.goldline.problemsets.micromath.MicroMath;
import dev.goldline.problemsets.micromath.MicroProblem;
import dev.goldline.problemsets.micromath.Segment;
import dev.goldline.problemsets.micromath.Solution;
import dev.goldline.problemsets.micromath.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Training documents: a micro-math problem of the training split as a user's turn in V3.2 encoding, and the solution
 * that its mode calls for as the answer. Standard mode is shown brief solutions, Speciale full ones with their check.
 * Only the answer is learned, and of it no digit that was made wrong on purpose.
 */
final class MicroMathDocuments implements DocumentSource {
    private final Curriculum curriculum;
    private final Tokenizer tokenizer;
    private final Function<Mode, String> prefixes;
    private final int end;
    private final int thoughtEnd;

    /** @param prefixes what a prompt of that mode starts with */
    MicroMathDocuments(Curriculum curriculum, Tokenizer tokenizer, Function<Mode, String> prefixes) {
        this.curriculum = curriculum;
        this.tokenizer = tokenizer;
        this.prefixes = prefixes;
        end = tokenizer.addedId(V32Encoding.END);
        thoughtEnd = tokenizer.addedId(V32Encoding.THINK_END);
    }

    /** One document before it is tokenized. */
    private record Draft(MicroProblem problem, Mode mode, List<Segment> thought) {}

    private static Draft draft(Curriculum curriculum, long index) {
        SplittableRandom random = new SplittableRandom(curriculum.seed() * 0x9E3779B97F4A7C15L + index);
        var family = pick(curriculum.families(), random);
        int level = 1 + pick(curriculum.levels(), random);
        MicroProblem problem = MicroMath.problem(family, level, Split.TRAINING, curriculum.seed(), index);
        Mode mode = pick(curriculum.modes(), random);
        List<Segment> thought = switch (mode) {
            case NON_THINKING -> List.of();
            case STANDARD -> problem.solution(Length.BRIEF).segments();
            case SPECIALE -> {
                Solution solution = random.nextDouble() < curriculum.slips()
                        ? problem.slipped(random.nextLong())
                        : problem.solution(Length.CHECKED);
                yield solution.segments();
            }
        };
        return new Draft(problem, mode, thought);
    }

    @Override
    public TrainingDocument document(long index) {
        Draft draft = draft(curriculum, index);
        boolean thinking = draft.mode() != Mode.NON_THINKING;
        int[] prompt = V32Encoding.prompt(
                        List.of(Message.user(draft.problem().problem().statement())),
                        thinking,
                        prefixes.apply(draft.mode()))
                .encode(tokenizer);
        IntStream.Builder ids = IntStream.builder();
        IntStream.Builder marks = IntStream.builder();
        append(ids, marks, prompt, false);
        for (Segment segment : draft.thought()) {
            append(ids, marks, tokenizer.encode(segment.text()), segment.learned());
        }
        if (thinking) {
            append(ids, marks, new int[] {thoughtEnd}, true);
        }
        append(ids, marks, tokenizer.encode(answer(draft.problem())), true);
        append(ids, marks, new int[] {end}, true);
        int[] flags = marks.build().toArray();
        boolean[] learned = new boolean[flags.length];
        for (int i = 0; i < flags.length; i++) {
            learned[i] = flags[i] == 1;
        }
        return new TrainingDocument(ids.build().toArray(), learned);
    }

    /** Text that the tokenizer learns its words from: the first documents. */
    static String text(Curriculum curriculum, long index) {
        Draft draft = draft(curriculum, index);
        StringBuilder text = new StringBuilder(draft.problem().problem().statement());
        draft.thought().forEach(segment -> text.append(segment.text()));
        return text.append('\n').toString();
    }

    private static String answer(MicroProblem problem) {
        return "\\boxed{" + problem.problem().answer() + "}";
    }

    private static void append(IntStream.Builder ids, IntStream.Builder marks, int[] added, boolean learned) {
        Arrays.stream(added).forEach(id -> {
            ids.add(id);
            marks.add(learned ? 1 : 0);
        });
    }

    private static <T> T pick(Map<T, Double> shares, SplittableRandom random) {
        List<T> keys = List.copyOf(shares.keySet());
        return keys.get(
                pick(shares.values().stream().mapToDouble(Double::doubleValue).toArray(), random));
    }

    private static int pick(double[] shares, SplittableRandom random) {
        double left = random.nextDouble() * Arrays.stream(shares).sum();
        for (int i = 0; i < shares.length; i++) {
            left -= shares[i];
            if (left < 0) {
                return i;
            }
        }
        return shares.length - 1;
    }
}
