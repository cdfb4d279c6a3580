@NullMarked
package dev.goldline.reports;

import org.jspecify.annotations.NullMarked;
