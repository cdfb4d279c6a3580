/** The verb {@code report}: from run folders to a leaderboard and a token study. */
@NullMarked
package dev.goldline.evaluator.report;

import org.jspecify.annotations.NullMarked;
