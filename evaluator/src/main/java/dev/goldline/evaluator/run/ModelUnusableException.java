package dev.goldline.evaluator.run;

import java.io.IOException;

/** The model answers nobody until a person mends something. The message is the model's: what is wrong and the mend. */
public final class ModelUnusableException extends IOException {
    private static final long serialVersionUID = 1;

    ModelUnusableException(String message) {
        super(message);
    }
}
