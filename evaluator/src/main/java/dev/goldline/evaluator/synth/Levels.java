package dev.goldline.evaluator.synth;

import dev.goldline.problemsets.micromath.MicroMath;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Levels from the lowest up: {@code 3}, or a range such as {@code 1-5} or {@code 1..5}. */
record Levels(List<Integer> all) {
    private static final Pattern RANGE = Pattern.compile("([0-9])(?:(?:-|\\.\\.)([0-9]))?");

    static final class Converter implements ITypeConverter<Levels> {
        @Override
        public Levels convert(String text) {
            Matcher range = RANGE.matcher(text);
            if (range.matches()) {
                int low = Integer.parseInt(range.group(1));
                int high = range.group(2) == null ? low : Integer.parseInt(range.group(2));
                if (1 <= low && low <= high && high <= MicroMath.LEVELS) {
                    return new Levels(IntStream.rangeClosed(low, high).boxed().toList());
                }
            }
            throw new TypeConversionException(
                    "'" + text + "' is no level; give one from 1 to " + MicroMath.LEVELS + ", or a range such as 2-4");
        }
    }

    @Override
    public String toString() {
        return all.size() == 1 ? "level " + all.getFirst() : "levels " + all.getFirst() + "-" + all.getLast();
    }
}
