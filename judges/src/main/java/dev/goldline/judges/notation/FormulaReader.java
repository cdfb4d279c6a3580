package dev.goldline.judges.notation;

import dev.goldline.judges.arithmetic.Rational;
import dev.goldline.judges.notation.Answer.Measured;
import dev.goldline.judges.notation.Expression.Application;
import dev.goldline.judges.notation.Expression.Call;
import dev.goldline.judges.notation.Expression.Constant;
import dev.goldline.judges.notation.Expression.Function;
import dev.goldline.judges.notation.Expression.Literal;
import dev.goldline.judges.notation.Expression.Name;
import dev.goldline.judges.notation.Expression.PlusMinus;
import dev.goldline.judges.notation.Expression.Power;
import dev.goldline.judges.notation.Expression.Product;
import dev.goldline.judges.notation.Expression.Quotient;
import dev.goldline.judges.notation.Expression.Sum;
import dev.goldline.judges.notation.Token.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads formulas.
 *
 * <pre>
 * formula  = term { ( '+' | '-' | '\pm' | '\mp' ) term }
 * term     = { sign } factor { ( '*' | '/' | 'mod' | nothing ) factor }
 * factor   = atom { '!' | '!!' | '^' argument | "'" | '%' | '^\circ' }
 * atom     = number | number fraction (mixed) | number '_' base | name [ '_' argument ] [ '(' list ')' ]
 *          | bracketed | '|' formula '|' | floor | ceiling | fraction | root | binomial | matrix
 *          | function [ '^' argument ] ( bracketed | factor { factor } ) | ( '\sum' | '\prod' ) limits term
 * argument = digit | letter | command | '{' formula '}'
 * </pre>
 *
 * <p>What mathematicians do not agree how to read is unreadable here: {@code 1/2x}, {@code \sin x/2}, {@code 2 3}.
 */
final class FormulaReader {
    /** Letters that name functions when a bracket follows; others multiply it. */
    private static final Set<String> FUNCTION_NAMES =
            Set.of("f", "g", "h", "F", "G", "H", "P", "Q", "R", "W", "phi", "varphi", "psi", "sigma", "tau", "Phi");

    private static final Set<String> FRACTIONS = Set.of("frac", "dfrac", "tfrac", "cfrac");
    private static final Set<String> BINOMIALS = Set.of("binom", "dbinom", "tbinom");

    private final Cursor cursor;
    private final GroupReader groups;

    FormulaReader(Cursor cursor, GroupReader groups) {
        this.cursor = cursor;
        this.groups = groups;
    }

    /** The formula of an answer, a unit turned into its factor. */
    Expression expression(Answer answer) throws UnreadableException {
        return switch (answer) {
            case Expression expression -> expression;
            case Measured(Expression amount, String unit)
            when unit.equals(Measured.DEGREE) ->
                new Product(List.of(amount, new Quotient(Constant.PI, Literal.of(180))));
            case Measured(Expression amount, String unit)
            when unit.equals(Measured.PERCENT) -> new Quotient(amount, Literal.of(100));
            default -> throw cursor.unexpected("a number or formula before this place");
        };
    }

    /** A sum; what is no formula (a tuple, a matrix) is handed through if it stands alone. */
    Answer formula() throws UnreadableException {
        cursor.enter();
        Answer first = term();
        List<Answer> terms = new ArrayList<>();
        terms.add(first);
        while (true) {
            if (cursor.peek().is("+") || cursor.peek().is("-") || isPlusMinus()) {
                terms.add(term());
            } else {
                break;
            }
        }
        cursor.leave();
        if (terms.size() == 1) {
            return first;
        }
        if (terms.stream().allMatch(Answer.Matrix.class::isInstance)) {
            return MatrixReader.sum(
                    terms.stream().map(Answer.Matrix.class::cast).toList());
        }
        List<Expression> expressions = new ArrayList<>();
        for (Answer term : terms) {
            expressions.add(expression(term));
        }
        return new Sum(expressions);
    }

    private boolean isPlusMinus() {
        return cursor.peek().isCommand("pm") || cursor.peek().isCommand("mp");
    }

    /** A term with the signs before it. */
    private Answer term() throws UnreadableException {
        if (cursor.take("+")) {
            return cursor.peek().is("+") || cursor.peek().is("-") ? doubleSign() : product();
        }
        if (cursor.take("-")) {
            if (cursor.peek().is("+") || cursor.peek().is("-")) {
                return doubleSign();
            }
            return negated(product());
        }
        if (isPlusMinus()) {
            boolean plusFirst = cursor.next().text().equals("pm");
            return new PlusMinus(plusFirst, expression(product()));
        }
        return product();
    }

    private Answer doubleSign() throws UnreadableException {
        throw cursor.unexpected("one sign, not two");
    }

    private Answer negated(Answer term) throws UnreadableException {
        return term instanceof Measured(Expression amount, String unit)
                ? new Measured(Expression.negated(amount), unit)
                : Expression.negated(expression(term));
    }

    private Answer product() throws UnreadableException {
        Answer first = factor();
        if (!continuesProduct()) {
            return first;
        }
        List<Answer> factors = new ArrayList<>(List.of(first));
        boolean divided = false;
        while (continuesProduct()) {
            if (cursor.take("/")) {
                Expression top = productOf(factors);
                Expression bottom = expression(factor());
                factors = new ArrayList<>(List.of(new Quotient(top, bottom)));
                divided = true;
            } else if (cursor.take("*")) {
                factors.add(cursor.peek().is("-") ? signedFactor() : factor());
                divided = false;
            } else if (cursor.takeCommand("bmod") || cursor.takeCommand("mod")) {
                Expression left = productOf(factors);
                factors = new ArrayList<>(List.of(Call.of(Function.MOD, left, expression(factor()))));
            } else {
                if (divided) {
                    throw cursor.unexpected("brackets, since a fraction with / goes before");
                }
                factors.add(factor());
            }
        }
        if (factors.size() == 1) {
            return factors.getFirst();
        }
        if (factors.stream().allMatch(Answer.Matrix.class::isInstance)) {
            return MatrixReader.product(
                    factors.stream().map(Answer.Matrix.class::cast).toList());
        }
        if (factors.getLast() instanceof Answer.Matrix matrix) {
            return MatrixReader.scaled(productOf(factors.subList(0, factors.size() - 1)), matrix);
        }
        return productOf(factors);
    }

    private Answer signedFactor() throws UnreadableException {
        cursor.expect("-");
        return negated(factor());
    }

    private Expression productOf(List<Answer> factors) throws UnreadableException {
        List<Expression> expressions = new ArrayList<>();
        for (Answer factor : factors) {
            expressions.add(expression(factor));
        }
        return expressions.size() == 1 ? expressions.getFirst() : new Product(expressions);
    }

    private boolean continuesProduct() throws UnreadableException {
        Token token = cursor.peek();
        if (token.is("/") || token.is("*") || token.isCommand("bmod") || token.isCommand("mod")) {
            return true;
        }
        if (token.kind() == Kind.NUMBER) {
            throw cursor.unexpected("an operator before the number");
        }
        return beginsFactor(token);
    }

    private boolean beginsFactor(Token token) {
        return switch (token.kind()) {
            case NAME -> true;
            case SIGN -> token.is("(") || token.is("{") || token.is("[") || token.is("|") && !cursor.isInBars();
            case COMMAND -> beginsAtom(token.text());
            case NUMBER, WORDS, END -> false;
        };
    }

    private static boolean beginsAtom(String command) {
        return switch (command) {
            case "pm",
                    "mp",
                    "cup",
                    "cap",
                    "setminus",
                    "rfloor",
                    "rceil",
                    "rangle",
                    "end",
                    "mod",
                    "bmod",
                    "pmod",
                    "circ",
                    "degree",
                    "forall",
                    "ratio" -> false;
            default -> true;
        };
    }

    private Answer factor() throws UnreadableException {
        Answer atom = atom();
        while (true) {
            if (cursor.peek().is("!")) {
                cursor.next();
                boolean twice = cursor.take("!");
                atom = Call.of(twice ? Function.DOUBLE_FACTORIAL : Function.FACTORIAL, expression(atom));
            } else if (cursor.peek().is("%")) {
                cursor.next();
                atom = new Measured(expression(atom), Measured.PERCENT);
            } else if (cursor.takeCommand("degree")) {
                atom = new Measured(expression(atom), Measured.DEGREE);
            } else if (cursor.peek().is("^")) {
                cursor.next();
                if (takeDegree()) {
                    atom = new Measured(expression(atom), Measured.DEGREE);
                } else if (atom instanceof Answer.NumberSet) {
                    throw cursor.unexpected("no power of a set");
                } else {
                    atom = new Power(expression(atom), argument());
                    if (cursor.peek().is("^")) {
                        throw cursor.unexpected("no second exponent");
                    }
                }
            } else {
                return atom;
            }
        }
    }

    private boolean takeDegree() throws UnreadableException {
        if (cursor.takeCommand("circ")) {
            return true;
        }
        if (cursor.peek().is("{") && cursor.peek(1).isCommand("circ")) {
            cursor.next();
            cursor.next();
            cursor.expect("}");
            return true;
        }
        return false;
    }

    /** The argument of a command or script: a group, or as TeX has it the next digit, letter or command. */
    Expression argument() throws UnreadableException {
        Token token = cursor.peek();
        if (token.kind() == Kind.NUMBER) {
            return digit();
        }
        if (token.is("-")) {
            // 2^-3 in plain text.
            cursor.next();
            return Expression.negated(expression(atom()));
        }
        return expression(atom());
    }

    /** TeX takes one digit of a number: the rest follows. Plain text means the whole number; then it must end there. */
    private Expression digit() throws UnreadableException {
        Token token = cursor.next();
        return literal(token.text());
    }

    static Literal literal(String digits) {
        int point = digits.indexOf('.');
        if (point < 0) {
            return new Literal(Rational.of(new BigInteger(digits)), -1);
        }
        int decimals = digits.length() - point - 1;
        BigInteger value = new BigInteger(digits.substring(0, point) + digits.substring(point + 1));
        return new Literal(Rational.of(value, BigInteger.TEN.pow(decimals)), decimals);
    }

    private Answer atom() throws UnreadableException {
        cursor.enter();
        try {
            Token token = cursor.next();
            return switch (token.kind()) {
                case NUMBER -> number(token);
                case NAME -> name(token);
                case COMMAND -> command(token);
                case SIGN -> sign(token);
                case WORDS, END -> {
                    cursor.reset(cursor.mark() - (token.kind() == Kind.END ? 0 : 1));
                    throw cursor.unexpected("a number or formula");
                }
            };
        } finally {
            cursor.leave();
        }
    }

    private Answer number(Token token) throws UnreadableException {
        Literal whole = literal(token.text());
        Token next = cursor.peek();
        if (next.is("_") && whole.decimals() < 0) {
            cursor.next();
            return baseNumber(token.text());
        }
        if (whole.decimals() < 0 && isFractionOfNumbersNext()) {
            Answer fraction = atom();
            if (fraction instanceof Quotient(Literal top, Literal bottom) && isProper(top, bottom)) {
                return new Sum(List.of(whole, new Quotient(top, bottom)));
            }
            throw cursor.unexpected("a fraction below 1 in a mixed number, or an operator before the fraction");
        }
        if (whole.decimals() < 0
                && next.kind() == Kind.NUMBER
                && next.spaced()
                && cursor.peek(1).is("/")
                && cursor.peek(2).kind() == Kind.NUMBER) {
            Literal top = literal(cursor.next().text());
            cursor.next();
            Literal bottom = literal(cursor.next().text());
            if (isProper(top, bottom)) {
                return new Sum(List.of(whole, new Quotient(top, bottom)));
            }
            throw cursor.unexpected("a fraction below 1 in a mixed number");
        }
        return whole;
    }

    /** Whether a fraction of two integers follows: with the number before it a mixed number. */
    private boolean isFractionOfNumbersNext() {
        if (cursor.peek().kind() != Kind.COMMAND
                || !FRACTIONS.contains(cursor.peek().text())) {
            return false;
        }
        int ahead = 1;
        for (int part = 0; part < 2; part++) {
            Token token = cursor.peek(ahead);
            if (token.is("{")
                    && cursor.peek(ahead + 1).kind() == Kind.NUMBER
                    && cursor.peek(ahead + 2).is("}")) {
                ahead += 3;
            } else if (token.kind() == Kind.NUMBER) {
                part += token.text().length() > 1 ? 1 : 0;
                ahead++;
            } else {
                return false;
            }
        }
        return true;
    }

    private static boolean isProper(Literal top, Literal bottom) {
        return top.decimals() < 0
                && bottom.decimals() < 0
                && top.value().signum() > 0
                && top.value().compareTo(bottom.value()) < 0;
    }

    private Answer baseNumber(String digits) throws UnreadableException {
        Expression base = argument();
        if (!(base instanceof Literal(Rational value, int decimals)) || decimals >= 0) {
            throw cursor.unexpected("a number as base");
        }
        int radix = value.numerator().bitLength() > 8 ? 0 : value.numerator().intValue();
        if (radix < 2 || radix > 36 || digits.chars().anyMatch(c -> c - '0' >= radix)) {
            throw cursor.unexpected("digits below the base before this place");
        }
        return new Answer.BaseNumber(digits, radix);
    }

    private Answer name(Token token) throws UnreadableException {
        String name = token.text();
        boolean plain = !cursor.peek().is("_");
        if (plain && !cursor.peek().is("'")) {
            if (name.equals("e")) {
                return Constant.E;
            }
            if (name.equals("i")) {
                return Constant.I;
            }
        }
        List<Expression> index = new ArrayList<>();
        if (cursor.take("_")) {
            Answer subscript = subscript();
            if (subscript instanceof Literal(Rational value, int decimals)) {
                name += "_" + value;
            } else if (subscript instanceof Answer.Text(String words)) {
                name += "_" + words;
            } else {
                index.add(expression(subscript));
            }
        }
        StringBuilder primes = new StringBuilder();
        while (cursor.take("'")) {
            primes.append('\'');
        }
        name += primes;
        boolean calls = cursor.peek().is("(")
                && !cursor.peek().spaced()
                && (FUNCTION_NAMES.contains(token.text()) || !primes.isEmpty());
        if (!index.isEmpty()) {
            if (calls) {
                throw cursor.unexpected("no argument after an index");
            }
            return new Application(name + "_", index);
        }
        if (calls) {
            cursor.next();
            return new Application(name, arguments());
        }
        return new Name(name);
    }

    private Answer subscript() throws UnreadableException {
        if (cursor.peek().kind() == Kind.WORDS) {
            return new Answer.Text(cursor.next().text());
        }
        if (cursor.peek().is("{")) {
            int ahead = 1;
            StringBuilder letters = new StringBuilder();
            while (cursor.peek(ahead).kind() == Kind.NAME || cursor.peek(ahead).kind() == Kind.WORDS) {
                letters.append(cursor.peek(ahead++).text());
            }
            // Several letters are a label, one may be an index.
            if (cursor.peek(ahead).is("}") && ahead > 2 || cursor.peek(1).kind() == Kind.WORDS) {
                for (int i = 0; i <= ahead; i++) {
                    cursor.next();
                }
                return new Answer.Text(letters.toString());
            }
        }
        return argument();
    }

    private List<Expression> arguments() throws UnreadableException {
        int hidden = cursor.hideBars();
        Answer inside = groups.list();
        cursor.expect(")");
        cursor.showBars(hidden);
        List<Expression> arguments = new ArrayList<>();
        for (Answer each : inside instanceof Answer.Group(var bracket, var members) && bracket == Answer.Bracket.NONE
                ? members
                : List.of(inside)) {
            arguments.add(expression(each));
        }
        return arguments;
    }

    private Answer sign(Token token) throws UnreadableException {
        switch (token.text()) {
            case "(", "[", "\\{", "{" -> {
                return groups.bracketed(token.text());
            }
            case "|" -> {
                cursor.openBar();
                Expression inside = expression(formula());
                cursor.closeBar();
                return Call.of(Function.ABS, inside);
            }
            default -> {
                cursor.reset(cursor.mark() - 1);
                throw cursor.unexpected("a number or formula");
            }
        }
    }

    private Answer command(Token token) throws UnreadableException {
        String name = token.text();
        Function function = Vocabulary.FUNCTIONS.get(name);
        if (function != null) {
            return function(function);
        }
        Function ofList = Vocabulary.LIST_FUNCTIONS.get(name);
        if (ofList != null) {
            cursor.expect("(");
            return new Call(ofList, arguments());
        }
        if (FRACTIONS.contains(name)) {
            return new Quotient(fractionPart(), fractionPart());
        }
        if (BINOMIALS.contains(name)) {
            return Call.of(Function.BINOMIAL, fractionPart(), fractionPart());
        }
        return switch (name) {
            case "pi" -> Constant.PI;
            case "infty" -> Constant.INFINITY;
            case "sqrt" -> root();
            case "log", "lg" -> logarithm();
            case "sum", "prod" -> iterated(name.equals("prod"));
            case "lfloor" -> rounded(Function.FLOOR, "rfloor");
            case "lceil" -> rounded(Function.CEILING, "rceil");
            case "langle" -> groups.bracketed("\\langle");
            case "overline", "bar" -> Call.of(Function.CONJUGATE, argument());
            case "emptyset" -> new Answer.NumberSet("empty");
            case "mathbb" -> numberSet();
            case "boxed", "fbox" -> boxed();
            case "begin" -> new MatrixReader(cursor, this).matrix();
            default -> {
                cursor.reset(cursor.mark() - 1);
                throw cursor.unexpected("a number or formula");
            }
        };
    }

    private Answer boxed() throws UnreadableException {
        cursor.expect("{");
        return groups.bracketed("{");
    }

    /** One part of a fraction; of digits without braces, TeX takes one. */
    private Expression fractionPart() throws UnreadableException {
        Token token = cursor.peek();
        if (token.kind() == Kind.NUMBER && token.text().length() > 1) {
            return cursor.splitDigit();
        }
        return argument();
    }

    private Answer root() throws UnreadableException {
        if (cursor.take("[")) {
            Expression index = expression(formula());
            cursor.expect("]");
            return Call.of(Function.ROOT, index, fractionPart());
        }
        return Call.of(Function.SQRT, fractionPart());
    }

    private Answer logarithm() throws UnreadableException {
        if (cursor.take("_")) {
            Expression base = fractionPart();
            return power(arg -> Call.of(Function.LOG, base, arg));
        }
        return power(arg -> Call.of(Function.LN, arg));
    }

    private Answer function(Function function) throws UnreadableException {
        return power(arg -> Call.of(function, arg));
    }

    /** What a function makes of its argument. */
    private interface Applied {
        Expression to(Expression argument);
    }

    /** A function's exponent, if any, then its argument. */
    private Answer power(Applied function) throws UnreadableException {
        if (!cursor.take("^")) {
            return function.to(functionArgument());
        }
        Expression exponent = argument();
        Expression argument = functionArgument();
        Expression applied = function.to(argument);
        if (exponent.equals(Literal.of(-1)) && applied instanceof Call(Function name, List<Expression> ignored)) {
            return Call.of(inverse(name), argument);
        }
        return new Power(applied, exponent);
    }

    private Function inverse(Function function) throws UnreadableException {
        return switch (function) {
            case SIN -> Function.ARCSIN;
            case COS -> Function.ARCCOS;
            case TAN -> Function.ARCTAN;
            default -> throw cursor.unexpected("no exponent -1 before this place");
        };
    }

    /** A bracket, or the factors up to the next function or operator. */
    private Expression functionArgument() throws UnreadableException {
        if (cursor.peek().is("(") || cursor.peek().is("[")) {
            return expression(factor());
        }
        List<Expression> factors = new ArrayList<>();
        do {
            factors.add(expression(factor()));
        } while (beginsFactor(cursor.peek())
                && !cursor.peek().is("(")
                && !(cursor.peek().kind() == Kind.COMMAND
                        && isFunction(cursor.peek().text())));
        if (cursor.peek().is("/")) {
            throw cursor.unexpected("brackets around the argument of a function before");
        }
        return factors.size() == 1 ? factors.getFirst() : new Product(factors);
    }

    private static boolean isFunction(String command) {
        return Vocabulary.FUNCTIONS.containsKey(command) || command.equals("log") || command.equals("lg");
    }

    private Answer iterated(boolean product) throws UnreadableException {
        cursor.expect("_");
        cursor.expect("{");
        Token index = cursor.next();
        if (index.kind() != Kind.NAME) {
            throw cursor.unexpected("a letter as index before this place");
        }
        cursor.expect("=");
        Expression from = expression(formula());
        cursor.expect("}");
        cursor.expect("^");
        Expression to = fractionPart();
        return new Expression.Iterated(product, index.text(), from, to, expression(product()));
    }

    private Answer rounded(Function function, String close) throws UnreadableException {
        int hidden = cursor.hideBars();
        Expression inside = expression(formula());
        cursor.showBars(hidden);
        if (!cursor.takeCommand(close)) {
            throw cursor.unexpected("'\\" + close + "'");
        }
        return Call.of(function, inside);
    }

    private Answer numberSet() throws UnreadableException {
        boolean braced = cursor.take("{");
        Token name = cursor.next();
        if (braced) {
            cursor.expect("}");
        }
        StringBuilder set = new StringBuilder(name.text());
        while (cursor.peek().is("^") || cursor.peek().is("_")) {
            set.append(cursor.next().text());
            boolean group = cursor.take("{");
            set.append(cursor.next().text());
            if (group) {
                while (!cursor.peek().is("}") && !cursor.atEnd()) {
                    set.append(cursor.next().text());
                }
                cursor.expect("}");
            }
        }
        return new Answer.NumberSet(set.toString());
    }
}
