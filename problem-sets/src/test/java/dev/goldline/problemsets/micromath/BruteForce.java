package dev.goldline.problemsets.micromath;

import java.util.Arrays;

/** Answers from a problem's key by counting, adding and searching only. */
final class BruteForce {
    private BruteForce() {}

    static String answer(String key) {
        String kind = key.substring(0, key.indexOf(':'));
        String rest = key.substring(key.indexOf(':') + 1);
        long[] numbers = Arrays.stream(rest.replaceAll("[A-Za-z-]+,", "").split("[^0-9-]+|(?<=\\d)-"))
                .filter(s -> !s.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        return switch (kind) {
            case "remainder" -> Long.toString(remainder(numbers));
            case "gcd" -> Long.toString(gcd(numbers[0], numbers[1]));
            case "lcm" -> Long.toString(lcm(numbers[0], numbers[1]));
            case "series" -> Long.toString(series(rest.startsWith("sum"), numbers));
            case "linear-system" -> solve(numbers);
            case "divisors" -> Long.toString(divisors(rest, numbers[0]));
            case "counting" -> Long.toString(count(rest.substring(0, rest.indexOf(',')), numbers));
            case "fractions" -> fraction(rest.contains("+") ? 1 : -1, numbers);
            default -> throw new AssertionError(key);
        };
    }

    private static long remainder(long[] n) {
        long value = n[2];
        for (long i = 0; i < n[0]; i++) {
            value += n[1];
        }
        return value - value / n[3] * n[3];
    }

    private static long gcd(long a, long b) {
        long g = Math.min(a, b);
        while (a % g != 0 || b % g != 0) {
            g--;
        }
        return g;
    }

    private static long lcm(long a, long b) {
        long multiple = a;
        while (multiple % b != 0) {
            multiple += a;
        }
        return multiple;
    }

    private static long series(boolean sum, long[] n) {
        long term = n[0];
        long total = term;
        for (long i = 1; i < n[2]; i++) {
            term += n[1];
            total += term;
        }
        return sum ? total : term;
    }

    private static String solve(long[] n) {
        String found = "";
        for (long x = -30; x <= 30; x++) {
            for (long y = -30; y <= 30; y++) {
                if (n[0] * x + n[1] * y == n[2] && n[3] * x + n[4] * y == n[5]) {
                    found += "(" + x + "," + y + ")";
                }
            }
        }
        return found;
    }

    private static long divisors(String kind, long n) {
        long total = 0;
        for (long d = 1; d <= n; d++) {
            if (n % d == 0) {
                total += kind.startsWith("SUM") ? d : kind.startsWith("ODD") ? d % 2 : 1;
            }
        }
        return total;
    }

    private static long count(String kind, long[] n) {
        return switch (kind) {
            case "choose" -> pascal(n[0], n[1]);
            case "lattice" -> paths(n[0], n[1]);
            case "ordered" -> rows(n[0], n[1], 0, false);
            case "not-first" -> rows(n[0], n[1], 0, true);
            case "groups" -> pascal(n[0], n[1]) * pascal(n[2], n[3]);
            case "at-least-one" -> {
                long total = 0;
                for (long women = 1; women <= n[2]; women++) {
                    total += pascal(n[1], women) * pascal(n[0], n[2] - women);
                }
                yield total;
            }
            default -> throw new AssertionError(kind);
        };
    }

    private static long pascal(long n, long k) {
        long[] row = new long[(int) k + 1];
        row[0] = 1;
        for (int i = 0; i < n; i++) {
            for (int j = (int) k; j > 0; j--) {
                row[j] += row[j - 1];
            }
        }
        return row[(int) k];
    }

    private static long paths(long right, long up) {
        return right == 0 || up == 0 ? 1 : paths(right - 1, up) + paths(right, up - 1);
    }

    /** Walks through all rows of k of the people 0..n-1; person 0 may be barred from the first place. */
    private static long rows(long n, long k, long used, boolean barred) {
        if (k == 0) {
            return 1;
        }
        long total = 0;
        for (int person = 0; person < n; person++) {
            if ((used >> person & 1) == 0 && !(barred && used == 0 && person == 0)) {
                total += rows(n, k - 1, used | 1L << person, barred);
            }
        }
        return total;
    }

    private static String fraction(int sign, long[] n) {
        long top = n[0] * n[3] + sign * n[2] * n[1];
        long bottom = n[1] * n[3];
        long divisor = Math.max(Math.abs(top), bottom);
        while (top % divisor != 0 || bottom % divisor != 0) {
            divisor--;
        }
        return bottom == divisor ? Long.toString(top / divisor) : top / divisor + "/" + bottom / divisor;
    }
}
