package dev.goldline.problemsets.micromath;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a thought again, knowing nothing of how it was written, and evaluates every claim in it. */
final class TraceReader {
    private static final Pattern LIST = Pattern.compile("(\\d+):(1(?:,\\d+)*),n(\\d+)");
    private static final Pattern LONG_DIVISION = Pattern.compile("(-?\\d+)/(-?\\d+):(.*?)(?:,q(-?\\d+))?");
    private static final Pattern COMPOUND = Pattern.compile("(-?\\d+\\*-?\\d+):(.*)");
    private static final Pattern TAGGED = Pattern.compile("(.*),e\\d+");

    private final List<String> broken = new ArrayList<>();

    private TraceReader() {}

    /** The claims in the text that do not hold. */
    static List<String> brokenClaims(String text) {
        return read(text).broken;
    }

    private static TraceReader read(String text) {
        TraceReader reader = new TraceReader();
        for (String line : text.split("\n")) {
            for (String step : line.replaceFirst("^(check|again):", "").split(";")) {
                if (!step.isEmpty() && !step.startsWith("ans=") && !step.equals("ok") && !step.equals("no")) {
                    reader.step(step);
                }
            }
        }
        return reader;
    }

    private void step(String step) {
        Matcher list = LIST.matcher(step);
        Matcher division = LONG_DIVISION.matcher(step);
        Matcher compound = COMPOUND.matcher(step);
        Matcher tagged = TAGGED.matcher(step);
        if (list.matches()) {
            powers(step, Long.parseLong(list.group(1)), list.group(2).split(","), Integer.parseInt(list.group(3)));
        } else if (division.matches()) {
            long rest = equalities(division.group(3));
            long n = Long.parseLong(division.group(1));
            long m = Long.parseLong(division.group(2));
            claim(step, rest == Math.abs(n) % Math.abs(m));
            if (division.group(4) != null) {
                claim(step, Long.parseLong(division.group(4)) == n / m);
            }
        } else if (compound.matches()) {
            claim(step, equalities(compound.group(2)) == evaluate(compound.group(1)));
        } else {
            equalities(tagged.matches() ? tagged.group(1) : step);
        }
    }

    private void powers(String step, long prime, String[] powers, int count) {
        long expected = 1;
        for (String power : powers) {
            claim(step, Long.parseLong(power) == expected);
            expected = Long.parseLong(power) * prime;
        }
        claim(step, powers.length == count);
    }

    /** Checks neighbours in chains such as {@code a-b*c=a-d=e}; the last value. */
    private long equalities(String steps) {
        long last = 0;
        for (String equality : steps.split(",")) {
            String[] sides = equality.split("=");
            claim("no equality: " + equality, sides.length > 1);
            for (int i = 1; i < sides.length; i++) {
                claim(equality, evaluate(sides[i - 1]) == evaluate(sides[i]));
            }
            last = evaluate(sides[sides.length - 1]);
        }
        return last;
    }

    private void claim(String step, boolean holds) {
        if (!holds) {
            broken.add(step);
        }
    }

    /** Integers with {@code + - *}, products first. */
    private static long evaluate(String expression) {
        Matcher term = Pattern.compile("([+-]?)(-?\\d+)((?:\\*-?\\d+)*)").matcher(expression);
        long sum = 0;
        int end = 0;
        while (term.find() && term.start() == end) {
            long product = Long.parseLong(term.group(2));
            for (String factor : term.group(3).split("\\*")) {
                product *= factor.isEmpty() ? 1 : Long.parseLong(factor);
            }
            sum += term.group(1).equals("-") ? -product : product;
            end = term.end();
        }
        if (end != expression.length() || end == 0) {
            throw new AssertionError("unreadable expression '" + expression + "'");
        }
        return sum;
    }
}
