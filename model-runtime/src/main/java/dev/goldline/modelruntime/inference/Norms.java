package dev.goldline.modelruntime.inference;

/** Normalisations, with sums in double so that their order does not matter at fp32. */
final class Norms {
    /** Fixed in the architecture for the norms inside attention, whatever {@code rms_norm_eps} says. */
    static final double LATENT_EPS = 1e-6;

    /** Of the index key's layer norm. */
    static final double INDEX_KEY_EPS = 1e-6;

    private Norms() {}

    /** {@code out = w x / sqrt(mean(x^2) + eps)}; {@code out} may be {@code x}. */
    static void rms(float[] x, int at, float[] weight, double eps, float[] out, int outAt) {
        int n = weight.length;
        double even = 0;
        double odd = 0;
        int i = 0;
        for (; i + 1 < n; i += 2) {
            even += (double) x[at + i] * x[at + i];
            odd += (double) x[at + i + 1] * x[at + i + 1];
        }
        if (i < n) {
            even += (double) x[at + i] * x[at + i];
        }
        float factor = (float) (1 / Math.sqrt((even + odd) / n + eps));
        for (int j = 0; j < n; j++) {
            out[outAt + j] = weight[j] * (x[at + j] * factor);
        }
    }

    /** {@code x = w (x - mean) / sqrt(variance + eps) + b}, in place. */
    static void layer(float[] x, int at, float[] weight, float[] bias, double eps) {
        int n = weight.length;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[at + i];
        }
        double mean = sum / n;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double centred = x[at + i] - mean;
            squares += centred * centred;
        }
        double factor = 1 / Math.sqrt(squares / n + eps);
        for (int i = 0; i < n; i++) {
            x[at + i] = (float) ((x[at + i] - mean) * factor) * weight[i] + bias[i];
        }
    }
}
