package dev.goldline.judges.code.validator;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The default output validator, in process. Output and answer are read as streams: memory grows with the longest token
 * only.
 *
 * <p>Arguments: {@code case_sensitive}; {@code space_change_sensitive}: runs of whitespace must be the same bytes, before
 * the first and after the last token too; {@code float_absolute_tolerance e}, {@code float_relative_tolerance e}, and
 * {@code float_tolerance e} for both. With a tolerance the answer's token decides: is it a number, the output's must be
 * one too and be near enough by either tolerance. Without, and for all other tokens, bytes are compared, ASCII letters
 * without regard to case unless {@code case_sensitive}.
 *
 * <p>Source: problem package format 2025-09, default output validator.
 */
public final class DefaultValidator {
    private static final int SHOWN = 40;

    private final boolean caseSensitive;
    private final boolean spaceSensitive;
    private final Optional<Tolerance> tolerance;

    private DefaultValidator(boolean caseSensitive, boolean spaceSensitive, Optional<Tolerance> tolerance) {
        this.caseSensitive = caseSensitive;
        this.spaceSensitive = spaceSensitive;
        this.tolerance = tolerance;
    }

    /** @throws IllegalArgumentException naming an argument that is unknown, repeated or no number */
    public static DefaultValidator of(List<String> arguments) {
        Set<String> seen = new HashSet<>();
        BigDecimal absolute = null;
        BigDecimal relative = null;
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            switch (argument) {
                case "case_sensitive", "space_change_sensitive" -> seen.add(argument);
                case "float_tolerance", "float_absolute_tolerance", "float_relative_tolerance" -> {
                    if (!seen.add(argument)) {
                        throw new IllegalArgumentException("output validator argument " + argument + " is given twice");
                    }
                    BigDecimal value = tolerance(arguments, ++i);
                    absolute = argument.equals("float_relative_tolerance") ? absolute : value;
                    relative = argument.equals("float_absolute_tolerance") ? relative : value;
                }
                default ->
                    throw new IllegalArgumentException("output validator argument '" + argument
                            + "' is unknown; known: case_sensitive, space_change_sensitive, float_tolerance,"
                            + " float_absolute_tolerance, float_relative_tolerance");
            }
        }
        if (seen.contains("float_tolerance")
                && (seen.contains("float_absolute_tolerance") || seen.contains("float_relative_tolerance"))) {
            throw new IllegalArgumentException(
                    "output validator argument float_tolerance stands for both tolerances; give it alone");
        }
        return new DefaultValidator(
                seen.contains("case_sensitive"),
                seen.contains("space_change_sensitive"),
                absolute == null && relative == null
                        ? Optional.empty()
                        : Optional.of(new Tolerance(Optional.ofNullable(absolute), Optional.ofNullable(relative))));
    }

    private static BigDecimal tolerance(List<String> arguments, int index) {
        String name = arguments.get(index - 1);
        if (index == arguments.size()) {
            throw new IllegalArgumentException("output validator argument " + name + " lacks its number");
        }
        return Tolerance.parse(arguments.get(index))
                .orElseThrow(() -> new IllegalArgumentException("output validator argument " + name + " is '"
                        + arguments.get(index) + "'; give a number of at least 0, such as 1e-9"));
    }

    /** Compares what a program wrote with what it should have; the streams are read, not closed. */
    public Comparison compare(InputStream output, InputStream answer) throws IOException {
        TokenReader given = new TokenReader(output, spaceSensitive);
        TokenReader wanted = new TokenReader(answer, spaceSensitive);
        while (true) {
            boolean more = given.next();
            boolean moreWanted = wanted.next();
            if (spaceSensitive && !given.sameSpace(wanted)) {
                return Comparison.rejected("whitespace differs before token " + given.number() + " (line "
                        + given.line() + " of the output)");
            }
            if (!more && !moreWanted) {
                return Comparison.ACCEPTED;
            }
            if (!more) {
                return Comparison.rejected("the output ends after " + (given.number() - 1)
                        + " tokens, the answer goes on with '" + wanted.shown(SHOWN) + "'");
            }
            if (!moreWanted) {
                return Comparison.rejected("the output goes on with '" + given.shown(SHOWN) + "' (line " + given.line()
                        + ") after the " + (given.number() - 1) + " tokens of the answer");
            }
            if (!equal(given, wanted)) {
                return Comparison.rejected("token " + given.number() + " (line " + given.line() + "): expected '"
                        + wanted.shown(SHOWN) + "', found '" + given.shown(SHOWN) + "'");
            }
        }
    }

    private boolean equal(TokenReader given, TokenReader wanted) {
        if (given.sameBytes(wanted)) {
            return true;
        }
        if (tolerance.isPresent() && Decimal.isDecimal(wanted.token(), wanted.length())) {
            return Decimal.isDecimal(given.token(), given.length())
                    && tolerance.get().accepts(given.token(), given.length(), wanted.token(), wanted.length());
        }
        return !caseSensitive && given.sameIgnoringCase(wanted);
    }
}
