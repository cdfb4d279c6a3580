/**
 * Checkpoints of the DeepSeek-V3.2 architecture as Hugging Face lays them out: {@code config.json}, safetensors, and
 * what every tensor's shape must be.
 */
@NullMarked
package dev.goldline.modelruntime.checkpoint;

import org.jspecify.annotations.NullMarked;
