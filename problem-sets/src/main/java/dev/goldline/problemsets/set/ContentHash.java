package dev.goldline.problemsets.set;

import dev.goldline.problemsets.problem.MathAnswerProblem;
import dev.goldline.problemsets.problem.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;

/** Hashes a set. Every text goes in with its length before it, so that no two contents give the same bytes. */
final class ContentHash {
    private static final String VERSION = "goldline-problem-set-1";

    private final MessageDigest digest;

    private ContentHash(MessageDigest digest) {
        this.digest = digest;
    }

    static String of(ProblemSet set) {
        try {
            ContentHash hash = new ContentHash(MessageDigest.getInstance("SHA-256"));
            hash.set(set);
            return HexFormat.of().formatHex(hash.digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void set(ProblemSet set) {
        text(VERSION);
        text(set.language());
        number(set.scale().pointsPerProblem());
        count(set.scale().medals().size());
        for (Scale.MedalLine medal : set.scale().medals()) {
            text(medal.name());
            number(medal.points());
        }
        count(set.problems().size());
        for (Problem problem : set.problems()) {
            problem(problem);
        }
    }

    private void problem(Problem problem) {
        text(problem.track().label());
        text(problem.id());
        text(problem.statement());
        number(problem.points());
        text(problem.family());
        count(problem.tags().size());
        new TreeMap<>(problem.tags()).forEach((key, value) -> {
            text(key);
            text(value);
        });
        switch (problem) {
            case MathAnswerProblem math -> text(math.answer());
        }
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        count(bytes.length);
        digest.update(bytes);
    }

    private void number(double value) {
        text(Numbers.plain(value));
    }

    private void count(int count) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(count).flip());
    }
}
