package dev.goldline.modelruntime.encoding;

import dev.goldline.modelruntime.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A laid-out conversation: control tokens and text, kept apart so that text can never act as a control token. */
public final class Prompt {
    /** A stretch of a prompt. */
    public sealed interface Part {
        /** As it is written. */
        String text();
    }

    /** Written by the layout: control tokens in it are meant. */
    public record Layout(String text) implements Part {}

    /** Said by somebody: nothing in it is a control token. */
    public record Said(String text) implements Part {}

    private final List<Part> parts;

    private Prompt(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** The stretches in order; no two neighbours are of one kind and none is empty. */
    public List<Part> parts() {
        return parts;
    }

    /** The prompt as one string, as the published encoder would write it. */
    public String render() {
        return parts.stream().map(Part::text).collect(Collectors.joining());
    }

    /** The prompt as token ids. */
    public int[] encode(Tokenizer tokenizer) {
        return parts.stream()
                .flatMapToInt(part -> Arrays.stream(
                        switch (part) {
                            case Layout layout -> tokenizer.encodeWithControls(layout.text);
                            case Said said -> tokenizer.encode(said.text);
                        }))
                .toArray();
    }

    /** Puts stretches together, joining neighbours of one kind as the tokenizer would see them. */
    static final class Builder {
        private final List<Part> parts = new ArrayList<>();

        Builder layout(String text) {
            if (!parts.isEmpty() && parts.getLast() instanceof Layout last) {
                parts.set(parts.size() - 1, new Layout(last.text + text));
            } else if (!text.isEmpty()) {
                parts.add(new Layout(text));
            }
            return this;
        }

        Builder said(String text) {
            if (!parts.isEmpty() && parts.getLast() instanceof Said last) {
                parts.set(parts.size() - 1, new Said(last.text + text));
            } else if (!text.isEmpty()) {
                parts.add(new Said(text));
            }
            return this;
        }

        Prompt build() {
            return new Prompt(parts);
        }
    }
}
