/**
 * Estimates with their uncertainty: proportions, clustered means, pass@k, paired comparisons, the bootstrap over
 * problems. Pure functions of their arguments; a seed makes the random ones repeatable.
 */
@NullMarked
package dev.goldline.reports.statistics;

import org.jspecify.annotations.NullMarked;
