/**
 * Settings files: YAML read key by key, strictly and within bounds, every complaint with its file, line and key.
 */
@NullMarked
package dev.goldline.modelruntime.yaml;

import org.jspecify.annotations.NullMarked;
