/** What drawing a token costs. */
@NullMarked
package dev.goldline.ci.sampling;

import org.jspecify.annotations.NullMarked;
