package dev.goldline.reports.runlog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Map;

/**
 * Something that happened to a run and that no attempt tells: a line of {@code notes.jsonl}.
 *
 * @param facts what belongs to it, text to text; which names, {@link Kind} says
 */
public record RunNote(Instant at, Kind kind, Map<String, String> facts) {
    public RunNote {
        facts = Labels.facts(facts);
    }

    /** What happened. */
    public enum Kind {
        /** A sitting began: {@code pid}, {@code version}, {@code concurrency}, and each limit by its name. */
        OPENED("opened"),
        /**
         * The answer of a problem was settled, so its other attempts are not made: {@code set}, {@code problem}, {@code
         * mode}, {@code answer}, {@code made}, {@code of}.
         */
        SETTLED("settled"),
        /**
         * A limit was reached: {@code scope} ({@code problem} or {@code run}), {@code limit}, and for a problem {@code
         * set} and {@code problem}.
         */
        LIMIT("limit"),
        /** A sitting ended in an orderly way: {@code end} ({@code complete} or why not), {@code finished}. */
        CLOSED("closed");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        /** The name used in logs. */
        @JsonValue
        public String label() {
            return label;
        }

        /**
         * The constant of that label.
         *
         * @throws IllegalArgumentException if there is none; the message lists the labels
         */
        @JsonCreator
        public static Kind ofLabel(String label) {
            return Labels.find("kind of note", label, values(), Kind::label);
        }
    }
}
