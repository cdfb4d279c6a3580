/** What reading thousands of streams costs, beside a reader that only counts their events. */
@NullMarked
package dev.goldline.ci.streams;

import org.jspecify.annotations.NullMarked;
