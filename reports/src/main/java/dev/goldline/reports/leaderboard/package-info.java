/**
 * How well each model did on each set in each mode, and whether one mode did better than another: every figure with its
 * n and its interval.
 */
@NullMarked
package dev.goldline.reports.leaderboard;

import org.jspecify.annotations.NullMarked;
