package dev.goldline.modelruntime.chat;

import java.util.Optional;

/**
 * One turn of a conversation.
 *
 * @param role who speaks
 * @param content what is said, without any thought
 * @param reasoning the thought that led to it; only an assistant's turn has one
 */
public record Message(Role role, String content, Optional<String> reasoning) {
    /** Who speaks. */
    public enum Role {
        SYSTEM,
        USER,
        ASSISTANT
    }

    public Message {
        if (reasoning.isPresent() && role != Role.ASSISTANT) {
            throw new IllegalArgumentException("only an assistant's turn has reasoning, not a " + role + " turn");
        }
    }

    public static Message system(String content) {
        return new Message(Role.SYSTEM, content, Optional.empty());
    }

    public static Message user(String content) {
        return new Message(Role.USER, content, Optional.empty());
    }

    public static Message assistant(String content) {
        return new Message(Role.ASSISTANT, content, Optional.empty());
    }
}
