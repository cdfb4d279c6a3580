/** Models that answer inside this process: a checkpoint, its tokenizer and its profile behind the chat boundary. */
@NullMarked
package dev.goldline.modelruntime.inprocess;

import org.jspecify.annotations.NullMarked;
