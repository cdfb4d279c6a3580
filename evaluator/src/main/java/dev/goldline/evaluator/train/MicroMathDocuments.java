package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.chat.Message;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.encoding.V32Encoding;
import dev.goldline.modelruntime.profile.ModelProfile;
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
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Training documents: a micro-math problem of the training split as a user's turn in V3.2 encoding, and the solution
 * that its mode calls for as the answer. Standard mode is shown brief solutions, Speciale full ones with their check.
 * Only the answer is learned, and of it no digit that was made wrong on purpose.
 */
final class MicroMathDocuments implements DocumentSource {
    private static final int FINGERPRINTED = 256;

    private final Curriculum curriculum;
    private final Tokenizer tokenizer;
    private final ModelProfile profile;
    private final int end;
    private final int thoughtEnd;

    /** @param profile how the trained model will be asked for each mode */
    MicroMathDocuments(Curriculum curriculum, Tokenizer tokenizer, ModelProfile profile) {
        this.curriculum = curriculum;
        this.tokenizer = tokenizer;
        this.profile = profile;
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
                        profile.mode(draft.mode()).systemPrefix())
                .encode(tokenizer);
        Marked text = new Marked();
        text.add(prompt, false);
        for (Segment segment : draft.thought()) {
            text.add(tokenizer.encode(segment.text()), segment.learned());
        }
        if (thinking) {
            text.add(new int[] {thoughtEnd}, true);
        }
        text.add(tokenizer.encode(answer(draft.problem())), true);
        text.add(new int[] {end}, true);
        return text.document();
    }

    /** Tokens with their marks, growing. */
    private static final class Marked {
        private final IntStream.Builder ids = IntStream.builder();
        private final BitSet learned = new BitSet();
        private int length;

        void add(int[] added, boolean learn) {
            Arrays.stream(added).forEach(ids);
            learned.set(length, length + added.length, learn);
            length += added.length;
        }

        TrainingDocument document() {
            boolean[] marks = new boolean[length];
            for (int i = 0; i < length; i++) {
                marks[i] = learned.get(i);
            }
            return new TrainingDocument(ids.build().toArray(), marks);
        }
    }

    /** Changes with what the documents say and with how they are cut into tokens: a hash of the first of them. */
    String fingerprint() {
        int hash = 0;
        for (int i = 0; i < FINGERPRINTED; i++) {
            TrainingDocument document = document(i);
            hash = 31 * (31 * hash + Arrays.hashCode(document.ids())) + Arrays.hashCode(document.learned());
        }
        return Integer.toHexString(hash);
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

    private static <T> T pick(Map<T, Double> shares, SplittableRandom random) {
        List<T> keys = List.copyOf(shares.keySet());
        return keys.get(pick(List.copyOf(shares.values()), random));
    }

    private static int pick(List<Double> shares, SplittableRandom random) {
        double sum = 0;
        for (double share : shares) {
            sum += share;
        }
        double left = random.nextDouble() * sum;
        int last = 0;
        for (int i = 0; i < shares.size(); i++) {
            if (shares.get(i) > 0) {
                last = i;
                left -= shares.get(i);
                if (left < 0) {
                    return i;
                }
            }
        }
        return last; // rounding may leave a little
    }
}
