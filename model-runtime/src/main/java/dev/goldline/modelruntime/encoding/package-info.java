/**
 * How a conversation is laid out for a model of the DeepSeek-V3.2 family: which control tokens stand around which text.
 */
@NullMarked
package dev.goldline.modelruntime.encoding;

import org.jspecify.annotations.NullMarked;
