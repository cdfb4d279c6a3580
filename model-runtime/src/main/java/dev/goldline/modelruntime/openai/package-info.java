/**
 * Models served over HTTP by anything that speaks the OpenAI protocol: one request is one server-sent event stream, read
 * as it comes, bounded, timed by its silences, and ended early when it stalls, loops or thinks past its budget.
 */
@NullMarked
package dev.goldline.modelruntime.openai;

import org.jspecify.annotations.NullMarked;
