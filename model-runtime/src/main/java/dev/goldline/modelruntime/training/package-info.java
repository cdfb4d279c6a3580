/**
 * Training a small model of the DeepSeek-V3.2 architecture: a recipe and a source of documents in, a checkpoint in
 * Hugging Face layout out. The schedule is the report's two stages: dense attention while the indexer learns where
 * attention looks, then attention over the selected keys alone.
 */
@NullMarked
package dev.goldline.modelruntime.training;

import org.jspecify.annotations.NullMarked;
