/**
 * The attempts of one or more runs without their texts: a few dozen bytes each, sorted, grouped by who sat what. All
 * figures are computed from these.
 */
@NullMarked
package dev.goldline.reports.attempts;

import org.jspecify.annotations.NullMarked;
