package dev.goldline.modelruntime.sampling;

/** The logits hold a value no probability can be made of; the message names the token and the value. */
public final class InvalidLogitsException extends RuntimeException {
    InvalidLogitsException(String message) {
        super(message);
    }
}
