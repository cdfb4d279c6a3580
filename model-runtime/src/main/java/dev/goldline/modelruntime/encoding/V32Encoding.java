package dev.goldline.modelruntime.encoding;

import dev.goldline.modelruntime.chat.Message;
import java.util.List;

/**
 * The turn layout of DeepSeek-V3.2, without tools. With bars for U+FF5C and low lines for U+2581:
 *
 * <pre>
 * prompt    = "&lt;|begin_of_sentence|>" prefix turn*
 * system    = text
 * user      = "&lt;|User|>" text "&lt;|Assistant|>" ( "&lt;think>" | "&lt;/think>" )
 * assistant = [ reasoning "&lt;/think>" ] text "&lt;|end_of_sentence|>"
 * </pre>
 *
 * <p>The last user turn opens the thought where thinking is on; every other user turn closes it. Reasoning is written
 * only after that turn: reasoning from before the last user turn is dropped. System text stands bare where it comes.
 */
public final class V32Encoding {
    public static final String BEGIN = "<｜begin▁of▁sentence｜>";
    public static final String END = "<｜end▁of▁sentence｜>";
    public static final String USER = "<｜User｜>";
    public static final String ASSISTANT = "<｜Assistant｜>";
    public static final String THINK = "<think>";
    public static final String THINK_END = "</think>";

    /** Fills rows of a batch; never in a prompt or an answer. */
    public static final String PAD = "<｜▁pad▁｜>";

    /** Every control token of the layout, in the order in which a new tokenizer gives them their ids. */
    public static final List<String> CONTROL_TOKENS = List.of(BEGIN, END, PAD, USER, ASSISTANT, THINK, THINK_END);

    private V32Encoding() {}

    /**
     * Lays out a conversation. If it ends with a user's turn, the answer is what should follow.
     *
     * @param messages oldest first
     * @param thinking whether the last user turn opens a thought
     * @param prefix what a profile puts before the first turn to ask for a mode; control tokens in it are meant; may be
     *     empty
     * @throws IllegalArgumentException if an assistant's turn after the last user turn has no reasoning although
     *     thinking is on
     */
    public static Prompt prompt(List<Message> messages, boolean thinking, String prefix) {
        int lastUser = lastUser(messages);
        Prompt.Builder prompt = new Prompt.Builder().layout(BEGIN).layout(prefix);
        for (int i = 0; i < messages.size(); i++) {
            Message message = messages.get(i);
            switch (message.role()) {
                case SYSTEM -> prompt.said(message.content());
                case USER ->
                    prompt.layout(USER)
                            .said(message.content())
                            .layout(ASSISTANT)
                            .layout(thinking && i == lastUser ? THINK : THINK_END);
                case ASSISTANT -> {
                    if (thinking && i > lastUser) {
                        prompt.said(reasoning(message, i)).layout(THINK_END);
                    }
                    prompt.said(message.content()).layout(END);
                }
            }
        }
        return prompt.build();
    }

    private static String reasoning(Message message, int index) {
        return message.reasoning()
                .orElseThrow(() -> new IllegalArgumentException("message " + index
                        + ": an assistant's turn after the last user turn needs its reasoning when thinking is on"));
    }

    private static int lastUser(List<Message> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role() == Message.Role.USER) {
                return i;
            }
        }
        return -1;
    }
}
