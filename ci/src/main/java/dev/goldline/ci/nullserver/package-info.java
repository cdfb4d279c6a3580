/**
 * A server of the OpenAI protocol with no model behind it: thousands of streams at a set pace, faults by script, answers
 * that follow from the prompt, and a count of every request. For measuring and for proving what a run asked.
 */
@NullMarked
package dev.goldline.ci.nullserver;

import org.jspecify.annotations.NullMarked;
