package dev.goldline.modelruntime.yaml;

/** A value that makes no sense where it stands; whoever read it from a file knows the line of its key. */
public final class RefusedValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String key;
    private final String problem;

    /**
     * @param key as spelt in a file, such as {@code warm_up_steps}
     * @param problem what follows the key in a sentence, such as {@code is -1 but must be 0 or more}
     */
    public RefusedValueException(String key, String problem) {
        super(key + " " + problem);
        this.key = key;
        this.problem = problem;
    }

    String key() {
        return key;
    }

    String problem() {
        return problem;
    }
}
