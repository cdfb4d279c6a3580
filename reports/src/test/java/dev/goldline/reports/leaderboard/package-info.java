@NullMarked
package dev.goldline.reports.leaderboard;

import org.jspecify.annotations.NullMarked;
