/** What confinement costs: one small program through the sandbox, beside the same program started bare. */
@NullMarked
package dev.goldline.ci.sandbox;

import org.jspecify.annotations.NullMarked;
