/** What a token costs by a model's dimensions: parameters, floating-point operations and bytes, dense against sparse. */
@NullMarked
package dev.goldline.modelruntime.cost;

import org.jspecify.annotations.NullMarked;
