@NullMarked
package dev.goldline.reports.render;

import org.jspecify.annotations.NullMarked;
