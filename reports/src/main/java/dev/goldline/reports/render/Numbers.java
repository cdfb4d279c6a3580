package dev.goldline.reports.render;

import dev.goldline.reports.statistics.Estimate;
import dev.goldline.reports.statistics.Interval;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Numbers as they are shown. What is not known is a dash, never a zero. */
final class Numbers {
    static final String NONE = "–";

    private Numbers() {}

    /** A share in percent with its interval: {@code 62.5 % [55.0, 69.5]}. */
    static String share(Optional<Estimate> estimate) {
        return estimate.map(e -> percent(e) + interval(e, 100, 1)).orElse(NONE);
    }

    /** A difference of shares in percentage points. */
    static String points(Estimate e) {
        String value = e.range()
                .map(range -> signed(100 * range.low()) + " to " + signed(100 * range.high()))
                .orElse(signed(100 * e.value()));
        return value + " pp" + interval(e, 100, 1);
    }

    /** A count of tokens, or a rate, with its interval: {@code 187 [181, 193]}. */
    static String tokens(Optional<Estimate> estimate) {
        return estimate.map(e -> {
                    int digits = digits(e.value());
                    return number(e.value(), digits) + interval(e, 1, digits);
                })
                .orElse(NONE);
    }

    static String signedTokens(Optional<Estimate> estimate) {
        return estimate.map(e -> (e.value() > 0 ? "+" : "") + tokens(estimate)).orElse(NONE);
    }

    static String pValue(OptionalDouble p) {
        if (p.isEmpty()) {
            return NONE;
        }
        return p.getAsDouble() < 0.0001 ? "< 0.0001" : number(p.getAsDouble(), 4);
    }

    static String budget(OptionalLong tokens) {
        return tokens.isPresent() ? Long.toString(tokens.getAsLong()) : "not reached";
    }

    static String number(double value, int digits) {
        // Without this a small negative number prints as -0.
        String text = String.format(Locale.ROOT, "%." + digits + "f", value);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }

    private static String percent(Estimate e) {
        return e.range()
                .map(range -> number(100 * range.low(), 1) + "–" + number(100 * range.high(), 1) + " %")
                .orElse(number(100 * e.value(), 1) + " %");
    }

    private static String signed(double value) {
        String text = number(value, 1);
        return text.startsWith("-") || text.equals("0.0") ? text : "+" + text;
    }

    private static String interval(Estimate e, int scale, int digits) {
        Optional<Interval> interval = e.interval();
        return interval.map(i -> " [" + number(scale * i.low(), digits) + ", " + number(scale * i.high(), digits) + "]")
                .orElse(" [one problem]");
    }

    private static int digits(double value) {
        return Math.abs(value) >= 100 ? 0 : 1;
    }
}
