package dev.goldline.judges.code.contest;

/** The field's verdicts. */
public enum CaseVerdict {
    AC("accepted"),
    WA("wrong answer"),
    TLE("time limit exceeded"),
    MLE("memory limit exceeded"),
    OLE("output limit exceeded"),
    RTE("run time error"),
    /** Our machinery or the package's validator failed: unscored. */
    JE("judge error"),
    /** The compiler refused the program. */
    CE("compile error");

    private final String words;

    CaseVerdict(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** The verdict in the terms of packages, which count the limits of memory and output as run time errors. */
    public CaseVerdict declared() {
        return switch (this) {
            case MLE, OLE -> RTE;
            case AC, WA, TLE, RTE, JE, CE -> this;
        };
    }
}
