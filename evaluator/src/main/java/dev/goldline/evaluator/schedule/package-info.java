/**
 * Scheduling: how many requests an endpoint is asked at once, what is tried again and when, in which order, and how much
 * may be spent. Nothing here knows what an attempt is; clocks, pauses and randomness come in from outside.
 */
@NullMarked
package dev.goldline.evaluator.schedule;

import org.jspecify.annotations.NullMarked;
