/**
 * A report as a person or a program reads it: terminal, Markdown, HTML, CSV, JSON. Nothing is computed here but layout.
 *
 * <p>Text of models and of logs is data: it reaches HTML only as DOM text, and control characters are made visible.
 */
@NullMarked
package dev.goldline.reports.render;

import org.jspecify.annotations.NullMarked;
