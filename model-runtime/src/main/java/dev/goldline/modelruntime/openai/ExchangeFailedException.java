package dev.goldline.modelruntime.openai;

import dev.goldline.modelruntime.chat.ModelFailure;

/** An exchange with an endpoint that came to nothing, or not to its end. */
final class ExchangeFailedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ModelFailure failure;

    ExchangeFailedException(ModelFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    ModelFailure failure() {
        return failure;
    }
}
