package dev.goldline.judges.notation;

import dev.goldline.judges.notation.Expression.Function;
import java.util.Map;
import java.util.Set;

/** The words, commands and characters the reader knows. */
final class Vocabulary {
    /** Separators of a list. */
    static final String COMMA = ",";

    static final String SEMICOLON = ";";
    static final String CONNECTOR = "and";

    /** Functions written before their one argument. */
    static final Map<String, Function> FUNCTIONS = Map.ofEntries(
            Map.entry("sin", Function.SIN),
            Map.entry("cos", Function.COS),
            Map.entry("tan", Function.TAN),
            Map.entry("cot", Function.COT),
            Map.entry("sec", Function.SEC),
            Map.entry("csc", Function.CSC),
            Map.entry("arcsin", Function.ARCSIN),
            Map.entry("arccos", Function.ARCCOS),
            Map.entry("arctan", Function.ARCTAN),
            Map.entry("sinh", Function.SINH),
            Map.entry("cosh", Function.COSH),
            Map.entry("tanh", Function.TANH),
            Map.entry("ln", Function.LN),
            Map.entry("exp", Function.EXP),
            Map.entry("Re", Function.REAL_PART),
            Map.entry("Im", Function.IMAGINARY_PART));

    /** Functions of a list in round brackets. */
    static final Map<String, Function> LIST_FUNCTIONS = Map.of(
            "gcd", Function.GCD,
            "lcm", Function.LCM,
            "min", Function.MIN,
            "max", Function.MAX,
            "abs", Function.ABS,
            "floor", Function.FLOOR,
            "ceil", Function.CEILING);

    /** Commands with a production of their own. */
    static final Set<String> PRODUCTIONS = Set.of(
            "frac",
            "dfrac",
            "tfrac",
            "cfrac",
            "sqrt",
            "binom",
            "dbinom",
            "tbinom",
            "log",
            "lg",
            "sum",
            "prod",
            "pm",
            "mp",
            "begin",
            "end",
            "lfloor",
            "rfloor",
            "lceil",
            "rceil",
            "langle",
            "rangle",
            "cup",
            "cap",
            "setminus",
            "bmod",
            "mod",
            "pmod",
            "circ",
            "degree",
            "overline",
            "bar",
            "infty",
            "mathbb",
            "boxed",
            "fbox",
            "ratio",
            "forall",
            "emptyset");

    /** Greek letters that are variables; pi is a constant. */
    static final Set<String> GREEK = Set.of(
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "varepsilon",
            "zeta",
            "eta",
            "theta",
            "vartheta",
            "iota",
            "kappa",
            "lambda",
            "mu",
            "nu",
            "xi",
            "rho",
            "sigma",
            "tau",
            "upsilon",
            "phi",
            "varphi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Theta",
            "Lambda",
            "Xi",
            "Pi",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
            "ell");

    /** Commands that print nothing, or only space. */
    static final Set<String> INVISIBLE = Set.of(
            "quad",
            "qquad",
            "thinspace",
            "displaystyle",
            "textstyle",
            "limits",
            "left",
            "right",
            "big",
            "Big",
            "bigg",
            "Bigg",
            "bigl",
            "bigr",
            "Bigl",
            "Bigr",
            "biggl",
            "biggr",
            "middle",
            "mathstrut",
            "hfill",
            "enspace");

    /** Commands whose argument is words. */
    static final Set<String> WORDING =
            Set.of("text", "mbox", "textbf", "textit", "textnormal", "textrm", "textsf", "hbox", "texttt", "emph");

    /** Commands that only change the look of their argument, which is mathematics. */
    static final Set<String> STYLE =
            Set.of("mathrm", "mathbf", "mathit", "mathsf", "operatorname", "boldsymbol", "bm", "mathcal", "mathop");

    /** Commands that are another sign. */
    static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("cdot", "*"),
            Map.entry("times", "*"),
            Map.entry("ast", "*"),
            Map.entry("div", "/"),
            Map.entry("le", "<="),
            Map.entry("leq", "<="),
            Map.entry("leqslant", "<="),
            Map.entry("ge", ">="),
            Map.entry("geq", ">="),
            Map.entry("geqslant", ">="),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("ne", "!="),
            Map.entry("neq", "!="),
            Map.entry("approx", "~="),
            Map.entry("equiv", "=="),
            Map.entry("in", "in"),
            Map.entry("subset", "subset"),
            Map.entry("subseteq", "subset"),
            Map.entry("lvert", "|"),
            Map.entry("rvert", "|"),
            Map.entry("vert", "|"),
            Map.entry("mid", "|"),
            Map.entry("lbrace", "\\{"),
            Map.entry("rbrace", "\\}"),
            Map.entry("lbrack", "["),
            Map.entry("rbrack", "]"),
            Map.entry("lparen", "("),
            Map.entry("rparen", ")"),
            Map.entry("colon", ":"),
            Map.entry("prime", "'"),
            Map.entry("land", CONNECTOR),
            Map.entry("lor", CONNECTOR));

    /** Characters outside ASCII, as the LaTeX they stand for. */
    static final Map<Character, String> CHARACTERS = Map.ofEntries(
            Map.entry('\u2212', "-"),
            Map.entry('\u2013', "-"),
            Map.entry('\u00d7', "*"),
            Map.entry('\u00b7', "*"),
            Map.entry('\u22c5', "*"),
            Map.entry('\u00f7', "/"),
            Map.entry('\u2215', "/"),
            Map.entry('\u2044', "/"),
            Map.entry('\u03c0', "\\pi "),
            Map.entry('\u221a', "\\sqrt "),
            Map.entry('\u221e', "\\infty "),
            Map.entry('\u2264', "<="),
            Map.entry('\u2265', ">="),
            Map.entry('\u2260', "\\ne "),
            Map.entry('\u2248', "\\approx "),
            Map.entry('\u2208', "\\in "),
            Map.entry('\u222a', "\\cup "),
            Map.entry('\u2229', "\\cap "),
            Map.entry('\u2216', "\\setminus "),
            Map.entry('\u2205', "\\emptyset "),
            Map.entry('\u00b1', "\\pm "),
            Map.entry('\u2213', "\\mp "),
            Map.entry('\u00b0', "^\\circ "),
            Map.entry('\u00b2', "^{2}"),
            Map.entry('\u00b3', "^{3}"),
            Map.entry('\u00b9', "^{1}"),
            Map.entry('\u2074', "^{4}"),
            Map.entry('\u2075', "^{5}"),
            Map.entry('\u2076', "^{6}"),
            Map.entry('\u2077', "^{7}"),
            Map.entry('\u2078', "^{8}"),
            Map.entry('\u2079', "^{9}"),
            Map.entry('\u2080', "_{0}"),
            Map.entry('\u2081', "_{1}"),
            Map.entry('\u2082', "_{2}"),
            Map.entry('\u2083', "_{3}"),
            Map.entry('\u2084', "_{4}"),
            Map.entry('\u2085', "_{5}"),
            Map.entry('\u2086', "_{6}"),
            Map.entry('\u2087', "_{7}"),
            Map.entry('\u2088', "_{8}"),
            Map.entry('\u2089', "_{9}"),
            Map.entry('\u00bd', "\\frac{1}{2}"),
            Map.entry('\u00bc', "\\frac{1}{4}"),
            Map.entry('\u00be', "\\frac{3}{4}"),
            Map.entry('\u2153', "\\frac{1}{3}"),
            Map.entry('\u2154', "\\frac{2}{3}"),
            Map.entry('\u230a', "\\lfloor "),
            Map.entry('\u230b', "\\rfloor "),
            Map.entry('\u2308', "\\lceil "),
            Map.entry('\u2309', "\\rceil "),
            Map.entry('\u2329', "\\langle "),
            Map.entry('\u27e8', "\\langle "),
            Map.entry('\u27e9', "\\rangle "),
            Map.entry('\u211d', "\\mathbb{R}"),
            Map.entry('\u2124', "\\mathbb{Z}"),
            Map.entry('\u211a', "\\mathbb{Q}"),
            Map.entry('\u2115', "\\mathbb{N}"),
            Map.entry('\u2102', "\\mathbb{C}"),
            Map.entry('\u2032', "'"),
            Map.entry('\u2236', ":"),
            Map.entry('\u03b1', "\\alpha "),
            Map.entry('\u03b2', "\\beta "),
            Map.entry('\u03b3', "\\gamma "),
            Map.entry('\u03b4', "\\delta "),
            Map.entry('\u03b8', "\\theta "),
            Map.entry('\u03bb', "\\lambda "),
            Map.entry('\u03bc', "\\mu "),
            Map.entry('\u03c6', "\\phi "),
            Map.entry('\u03c9', "\\omega "));

    /** Units and currencies short enough to be taken for a product of letters. */
    static final Set<String> UNITS = Set.of(
            "cm", "mm", "km", "kg", "mg", "ml", "ft", "in", "lb", "lbs", "oz", "mph", "kph", "sec", "secs", "min",
            "mins", "hr", "hrs", "rad", "deg", "pct", "usd", "eur", "yd", "sq", "kmh");

    static final Set<String> PERCENT_WORDS = Set.of("percent", "pct", "percentage");
    static final Set<String> DEGREE_WORDS = Set.of("degrees", "degree", "deg");

    /** Words that change what an answer says: no unit has them. */
    static final Set<String> NO_UNIT = Set.of(
            "and",
            "or",
            "if",
            "when",
            "for",
            "where",
            "with",
            "not",
            "unless",
            "except",
            "only",
            "at",
            "least",
            "most",
            "more",
            "less",
            "than",
            "no",
            "none",
            "all",
            "any",
            "some",
            "otherwise",
            "minus",
            "plus",
            "times",
            "mod",
            "modulo",
            "base",
            "squared",
            "to",
            "is",
            "are",
            "per",
            "the",
            "half",
            "hundred",
            "thousand",
            "million",
            "billion",
            "dozen",
            "over",
            "by",
            "approximately",
            "about",
            "negative",
            "positive",
            "even",
            "odd",
            "nor");

    /** Words that begin the conditions of a family. */
    static final Set<String> QUALIFIERS = Set.of("for", "for all", "for any", "for every", "where", "with", "for each");

    /** Letters a short word in italics is more likely a product of. */
    private static final Set<String> PRODUCT_ALPHABETS = Set.of("abcdefgh", "pqrst", "uvwxyz", "klmn");

    private Vocabulary() {}

    /** Whether a run of letters is a word rather than a product of one-letter variables. */
    static boolean isWord(String run) {
        if (UNITS.contains(run)) {
            return true;
        }
        if (run.length() < 4 || run.equals(run.toUpperCase(java.util.Locale.ROOT))) {
            return false;
        }
        return PRODUCT_ALPHABETS.stream()
                .noneMatch(alphabet -> run.chars().allMatch(letter -> alphabet.indexOf(letter) >= 0));
    }
}
