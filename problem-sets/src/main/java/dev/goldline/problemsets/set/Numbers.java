package dev.goldline.problemsets.set;

import java.math.BigDecimal;

/** How numbers are written in files and messages. */
final class Numbers {
    private Numbers() {}

    /** {@code 7} rather than {@code 7.0}; reads back as the same double. */
    static String plain(double value) {
        return Double.isFinite(value)
                ? new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString()
                : Double.toString(value);
    }
}
