package dev.goldline.reports.statistics;

import java.util.Optional;

/**
 * A figure with what it rests on.
 *
 * @param value the estimate; where {@code range} is there, its lower end
 * @param range where unknown verdicts leave the estimate itself open: from all of them unsolved to all of them solved
 * @param interval 95 %; covers the whole range; empty where a single problem tells nothing of others
 * @param n values it is computed from
 * @param problems problems these belong to
 * @param method how the interval was made
 */
public record Estimate(
        double value, Optional<Interval> range, Optional<Interval> interval, int n, int problems, String method) {}
