package dev.goldline.reports.render;

import dev.goldline.reports.runlog.AttemptRecord;
import dev.goldline.reports.runlog.PromptTurn;
import java.util.OptionalLong;
import org.jsoup.nodes.Element;

/** Attempts with their texts, folded. Long texts keep their beginning and their end. */
final class Transcripts {
    /** Most characters of one text that are shown. */
    private static final int SHOWN = 12_000;

    private Transcripts() {}

    static void append(Element parent, AttemptRecord attempt) {
        Element details = parent.appendElement("details")
                .addClass("transcript")
                .addClass("m-" + attempt.key().mode().label());
        Element summary = details.appendElement("summary");
        summary.appendElement("span")
                .addClass("badge")
                .addClass("o-" + attempt.verdict().outcome().label())
                .text(attempt.verdict().outcome().label());
        summary.appendText(" " + VisibleText.line(attempt.key().problem()) + " · "
                + attempt.key().mode().label() + " · " + tokens(attempt) + " · "
                + attempt.stopReason().label());
        for (PromptTurn turn : attempt.prompt()) {
            text(details, VisibleText.line(turn.role()), turn.text());
        }
        text(details, "thought", attempt.reasoning().text());
        text(details, "answer", attempt.content().text());
        text(details, "verdict", verdict(attempt));
        attempt.error().ifPresent(error -> text(details, "error", error));
    }

    private static String tokens(AttemptRecord attempt) {
        OptionalLong output = attempt.outputTokens();
        return output.isPresent() ? output.getAsLong() + " tokens" : "tokens not counted";
    }

    private static String verdict(AttemptRecord attempt) {
        String found = attempt.verdict().answer();
        return attempt.verdict().code() + ", " + attempt.verdict().points() + " of "
                + attempt.verdict().outOf() + " points"
                + (found.isEmpty() ? "; no answer found" : "; answer " + found) + ". "
                + attempt.verdict().reason();
    }

    private static void text(Element parent, String heading, String text) {
        if (text.isEmpty()) {
            return;
        }
        parent.appendElement("h4").text(heading);
        parent.appendElement("pre").appendText(VisibleText.of(shortened(text)));
    }

    private static String shortened(String text) {
        if (text.length() <= SHOWN) {
            return text;
        }
        int left = text.length() - SHOWN;
        return text.substring(0, SHOWN / 2) + "\n… " + left + " characters left out …\n"
                + text.substring(text.length() - SHOWN / 2);
    }
}
