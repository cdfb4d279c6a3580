package dev.goldline.modelruntime.openai;

import java.util.Map;
import java.util.Optional;

/** The key of an endpoint, taken from the environment. It shows itself only in the one header it is for. */
final class ApiKey {
    static final ApiKey NONE = new ApiKey("", "");

    private final String variable;
    private final String value;

    private ApiKey(String variable, String value) {
        this.variable = variable;
        this.value = value;
    }

    /**
     * Reads the key from a variable.
     *
     * @throws IllegalArgumentException if the variable is not set, or holds what cannot be a key
     */
    static ApiKey from(Map<String, String> environment, Optional<String> variable, String model) {
        if (variable.isEmpty()) {
            return NONE;
        }
        String name = variable.get();
        String value = environment.getOrDefault(name, "").strip();
        if (value.isEmpty()) {
            throw new IllegalArgumentException("model '" + model + "' needs a key: the environment variable " + name
                    + " is not set; set it to the key of your account, as in: export " + name + "=…");
        }
        // An illegal header would be quoted, key and all, in an exception of the HTTP client.
        if (!value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the environment variable " + name
                    + " holds a blank, a line end or another character that no key has; copy the key again");
        }
        return new ApiKey(name, value);
    }

    /** The value of the header {@code Authorization}; empty if there is no key. */
    Optional<String> authorization() {
        return value.isEmpty() ? Optional.empty() : Optional.of("Bearer " + value);
    }

    /** What a person should look at if the key is refused. */
    String whereToLook() {
        return variable.isEmpty()
                ? "set a key-variable in the profile, and that variable to your key"
                : "check the key in the environment variable " + variable;
    }

    /** A text from outside without the key in it, should it have been sent back. */
    String redact(String text) {
        return value.isEmpty() ? text : text.replace(value, "(key)");
    }

    @Override
    public String toString() {
        return variable.isEmpty() ? "no key" : "the key in " + variable;
    }
}
