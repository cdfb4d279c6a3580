package dev.goldline.judges.notation;

import dev.goldline.judges.notation.Answer.Matrix;
import dev.goldline.judges.notation.Expression.Product;
import dev.goldline.judges.notation.Expression.Sum;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads matrices, and writes out their sums and products entry by entry.
 *
 * <pre>
 * matrix = '\begin' name [ columns ] row { '\\' row } [ '\\' ] '\end' name
 * row    = formula { '&amp;' formula }
 * </pre>
 */
final class MatrixReader {
    private static final Set<String> ENVIRONMENTS =
            Set.of("matrix", "pmatrix", "bmatrix", "Bmatrix", "smallmatrix", "array");
    private static final int MOST_ENTRIES = 400;

    private final Cursor cursor;
    private final FormulaReader formulas;

    MatrixReader(Cursor cursor, FormulaReader formulas) {
        this.cursor = cursor;
        this.formulas = formulas;
    }

    /** The matrix whose {@code \begin} has been taken. */
    Matrix matrix() throws UnreadableException {
        String name = name();
        if (!ENVIRONMENTS.contains(name)) {
            throw UnreadableException.unread("unknown environment " + Excerpt.of(name, 20));
        }
        if (name.equals("array") && cursor.take("{")) {
            while (!cursor.take("}")) {
                if (cursor.atEnd()) {
                    throw cursor.unexpected("'}'");
                }
                cursor.next();
            }
        }
        List<List<Expression>> rows = new ArrayList<>();
        do {
            if (cursor.peek().isCommand("end") && !rows.isEmpty()) {
                break;
            }
            rows.add(row());
            if (rows.getLast().size() != rows.getFirst().size()) {
                throw cursor.unexpected("rows of " + rows.getFirst().size() + " entries before this place");
            }
        } while (cursor.take("\\\\"));
        if (!cursor.takeCommand("end") || !name().equals(name)) {
            throw cursor.unexpected("\\end{" + name + "}");
        }
        return new Matrix(rows);
    }

    private List<Expression> row() throws UnreadableException {
        List<Expression> entries = new ArrayList<>();
        do {
            entries.add(formulas.expression(formulas.formula()));
        } while (cursor.take("&"));
        return entries;
    }

    private String name() throws UnreadableException {
        cursor.expect("{");
        StringBuilder name = new StringBuilder();
        while (!cursor.take("}")) {
            if (cursor.atEnd()) {
                throw cursor.unexpected("'}'");
            }
            name.append(cursor.next().text());
        }
        return name.toString();
    }

    static Matrix sum(List<Matrix> terms) throws UnreadableException {
        Matrix sum = terms.getFirst();
        for (Matrix term : terms.subList(1, terms.size())) {
            if (term.rows().size() != sum.rows().size()
                    || term.rows().getFirst().size() != sum.rows().getFirst().size()) {
                throw UnreadableException.unread("a sum of matrices of different sizes");
            }
            List<List<Expression>> rows = new ArrayList<>();
            for (int i = 0; i < sum.rows().size(); i++) {
                List<Expression> row = new ArrayList<>();
                for (int j = 0; j < sum.rows().get(i).size(); j++) {
                    row.add(new Sum(
                            List.of(sum.rows().get(i).get(j), term.rows().get(i).get(j))));
                }
                rows.add(row);
            }
            sum = new Matrix(rows);
        }
        return sum;
    }

    static Matrix scaled(Expression factor, Matrix matrix) {
        return new Matrix(matrix.rows().stream()
                .map(row -> row.stream()
                        .map(entry -> (Expression) new Product(List.of(factor, entry)))
                        .toList())
                .toList());
    }

    static Matrix product(List<Matrix> factors) throws UnreadableException {
        Matrix product = factors.getFirst();
        for (Matrix factor : factors.subList(1, factors.size())) {
            product = product(product, factor);
        }
        return product;
    }

    private static Matrix product(Matrix left, Matrix right) throws UnreadableException {
        int inner = right.rows().size();
        int columns = right.rows().getFirst().size();
        if (left.rows().getFirst().size() != inner) {
            throw UnreadableException.unread("a product of matrices whose sizes do not fit");
        }
        if ((long) left.rows().size() * columns * inner > MOST_ENTRIES) {
            throw UnreadableException.tooLong("a product of large matrices");
        }
        List<List<Expression>> rows = new ArrayList<>();
        for (List<Expression> row : left.rows()) {
            List<Expression> entries = new ArrayList<>();
            for (int j = 0; j < columns; j++) {
                List<Expression> terms = new ArrayList<>();
                for (int k = 0; k < inner; k++) {
                    terms.add(
                            new Product(List.of(row.get(k), right.rows().get(k).get(j))));
                }
                entries.add(new Sum(terms));
            }
            rows.add(entries);
        }
        return new Matrix(rows);
    }
}
