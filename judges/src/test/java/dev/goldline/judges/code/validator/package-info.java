@NullMarked
package dev.goldline.judges.code.validator;

import org.jspecify.annotations.NullMarked;
