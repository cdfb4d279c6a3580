package dev.goldline.evaluator.console;

import java.util.Map;

/** How wide tables may be. */
public final class TerminalWidth {
    /** Where the terminal does not say. */
    private static final int DEFAULT = 120;

    private TerminalWidth() {}

    /**
     * Columns, by the variable {@code COLUMNS}, which the launcher sets on a terminal.
     *
     * @param environment of the process
     */
    public static int of(Map<String, String> environment) {
        String columns = environment.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : DEFAULT;
    }
}
