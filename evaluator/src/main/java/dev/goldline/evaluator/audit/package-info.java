/** The audit: reads a run's log again, recomputes what it claims, and names the first thing that does not agree. */
@NullMarked
package dev.goldline.evaluator.audit;

import org.jspecify.annotations.NullMarked;
