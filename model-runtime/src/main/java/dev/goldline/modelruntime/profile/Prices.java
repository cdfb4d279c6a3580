package dev.goldline.modelruntime.profile;

/**
 * What a model costs per million tokens.
 *
 * @param currency such as {@code USD}
 * @param input prompt tokens that had to be computed
 * @param cachedInput prompt tokens that had not
 * @param output output tokens, reasoning included
 */
public record Prices(String currency, double input, double cachedInput, double output) {
    public Prices {
        for (double price : new double[] {input, cachedInput, output}) {
            if (!(price >= 0) || Double.isInfinite(price)) {
                throw new IllegalArgumentException("a price must be 0 or more, was " + price);
            }
        }
    }
}
