package dev.goldline.evaluator.run;

import dev.goldline.evaluator.schedule.Limit;
import dev.goldline.evaluator.schedule.Meter;
import dev.goldline.reports.runlog.AttemptKey;
import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.Mode;
import dev.goldline.reports.runlog.Outcome;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of each problem while a run goes on: what it has cost, and whether its answer is settled. Remembers only
 * what a limit or an early stop needs. Safe for use by many threads.
 */
final class Ledger {
    /** All correct answers are one, however they are written. */
    private static final String CORRECT = "\u0000correct";

    /** The scopes of meters. */
    static final String RUN = "run";

    static final String ATTEMPT = "attempt";

    private final int samples;
    private final ProblemLimitListener onLimit;
    private final boolean stopWhenSettled;
    private final Limit problemLimit;
    private final Meter run;
    private final Map<ProblemKey, Meter> meters = new ConcurrentHashMap<>();
    private final Set<ProblemKey> closed = ConcurrentHashMap.newKeySet();
    private final Map<VoteKey, Votes> votes = new HashMap<>();

    Ledger(int samples, boolean stopWhenSettled, Limit problemLimit, Meter run, ProblemLimitListener onLimit) {
        this.samples = samples;
        this.onLimit = onLimit;
        this.stopWhenSettled = stopWhenSettled;
        this.problemLimit = problemLimit;
        this.run = run;
    }

    /** Hears once of each problem that reaches its limit. */
    interface ProblemLimitListener {
        void reached(AttemptKey key, Meter.Reached limit);
    }

    /** A problem of a set. */
    record ProblemKey(String set, String problem) {
        static ProblemKey of(AttemptKey key) {
            return new ProblemKey(key.set(), key.problem());
        }
    }

    private record VoteKey(ProblemKey problem, Mode mode) {}

    /** Guarded by the ledger. */
    private static final class Votes {
        final Map<String, Integer> counts = new HashMap<>();
        int made;
        boolean settled;
        /** How a correct answer was written. */
        String correct = "";
    }

    /**
     * The answer of a problem, once it is settled.
     *
     * @param made attempts scored by then
     */
    record Settled(String answer, int made) {}

    /** The meter that an attempt at a problem feeds. */
    Meter meter(AttemptKey key) {
        return problemLimit.isNone()
                ? run
                : meters.computeIfAbsent(
                        ProblemKey.of(key), any -> run.inner("problem " + key.problem(), problemLimit));
    }

    /** Whether the attempt need not be made. */
    boolean spares(AttemptKey key) {
        ProblemKey problem = ProblemKey.of(key);
        if (!problemLimit.isNone()) {
            Optional<Meter.Reached> reached =
                    meter(key).reached().filter(limit -> !limit.scope().equals(RUN));
            reached.ifPresent(limit -> close(key, limit));
            if (closed.contains(problem)) {
                return true;
            }
        }
        if (!stopWhenSettled) {
            return false;
        }
        synchronized (this) {
            Votes known = votes.get(new VoteKey(problem, key.mode()));
            return known != null && known.settled;
        }
    }

    /** The problem is at its limit. */
    void close(AttemptKey key, Meter.Reached limit) {
        if (closed.add(ProblemKey.of(key))) {
            onLimit.reached(key, limit);
        }
    }

    /** Spends what an earlier sitting spent on an attempt. */
    void spent(AttemptKey key, long tokens, double money) {
        Meter meter = meter(key);
        meter.spend(tokens, money);
        meter.finishedAttempt();
    }

    /**
     * Counts an attempt that is in the log.
     *
     * @return what it settled, if it did
     */
    synchronized Optional<Settled> count(AttemptRecord attempt) {
        if (!stopWhenSettled || attempt.verdict().outcome() == Outcome.UNSCORED) {
            return Optional.empty();
        }
        Votes known = votes.computeIfAbsent(
                new VoteKey(ProblemKey.of(attempt.key()), attempt.key().mode()), key -> new Votes());
        known.made++;
        if (attempt.solved()) {
            known.correct = attempt.verdict().answer();
        }
        vote(attempt).ifPresent(answer -> known.counts.merge(answer, 1, Integer::sum));
        if (known.settled) {
            return Optional.empty();
        }
        Optional<String> leader = leader(known.counts, samples - known.made);
        known.settled = leader.isPresent();
        return leader.map(answer -> new Settled(answer.equals(CORRECT) ? known.correct : answer, known.made));
    }

    /** An attempt without an answer has no vote. */
    private static Optional<String> vote(AttemptRecord attempt) {
        if (attempt.solved()) {
            return Optional.of(CORRECT);
        }
        String answer = attempt.verdict().answer();
        return answer.isEmpty() || attempt.stopReason().truncated() ? Optional.empty() : Optional.of(answer);
    }

    /** The answer that leads by more than there are attempts left: no other can draw level. */
    private static Optional<String> leader(Map<String, Integer> counts, int left) {
        List<Map.Entry<String, Integer>> ranked = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(2)
                .toList();
        if (ranked.isEmpty() || left <= 0) {
            return Optional.empty();
        }
        int second = ranked.size() < 2 ? 0 : ranked.get(1).getValue();
        return ranked.getFirst().getValue() - second > left
                ? Optional.of(ranked.getFirst().getKey())
                : Optional.empty();
    }
}
