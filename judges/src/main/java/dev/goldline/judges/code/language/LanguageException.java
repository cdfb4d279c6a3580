package dev.goldline.judges.code.language;

/** A description of languages that cannot be used, or a language whose tools are not on this machine. */
public final class LanguageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    LanguageException(String message) {
        super(message);
    }
}
