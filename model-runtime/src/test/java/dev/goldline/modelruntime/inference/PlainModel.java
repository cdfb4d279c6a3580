package dev.goldline.modelruntime.inference;

import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfig.RopeScaling;
import dev.goldline.modelruntime.checkpoint.TensorLayout;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The architecture written down a second time: double precision, no cache, keys and values expanded for every head, one
 * position after another. Slow and simple, to hold the engine against on shapes for which no recorded reference exists.
 */
final class PlainModel {
    private final ModelConfig c;
    private final Map<String, float[]> weights = new HashMap<>();
    final int[][][] selected;
    final double[][][] indexScores;

    PlainModel(Checkpoint checkpoint, int positions) {
        c = checkpoint.config();
        TensorLayout.tensors(c).forEach(spec -> weights.put(spec.name(), checkpoint.read(spec)));
        selected = new int[c.numHiddenLayers()][positions][];
        indexScores = new double[c.numHiddenLayers()][positions][];
    }

    double[][] logits(int[] ids) {
        double[][] x = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            x[t] = row(TensorLayout.EMBEDDING, ids[t], c.hiddenSize());
        }
        for (int layer = 0; layer < c.numHiddenLayers(); layer++) {
            attention(layer, x);
            for (double[] hidden : x) {
                double[] a = rms(hidden, TensorLayout.layer(layer) + "post_attention_layernorm.weight", c.rmsNormEps());
                add(hidden, c.isDense(layer) ? mlp(TensorLayout.layer(layer) + "mlp.", a) : experts(layer, a), 1);
            }
        }
        double[][] logits = new double[ids.length][];
        for (int t = 0; t < ids.length; t++) {
            double[] last = rms(x[t], TensorLayout.FINAL_NORM, c.rmsNormEps());
            logits[t] = linear(c.tieWordEmbeddings() ? TensorLayout.EMBEDDING : TensorLayout.HEAD, last);
        }
        return logits;
    }

    private void attention(int layer, double[][] x) {
        String prefix = TensorLayout.layer(layer);
        String self = prefix + "self_attn.";
        int tokens = x.length;
        double[][] a = new double[tokens][];
        double[][] latentQuery = new double[tokens][];
        double[][] keyValue = new double[tokens][];
        double[][] rotated = new double[tokens][];
        double[][] indexKeys = new double[tokens][];
        for (int t = 0; t < tokens; t++) {
            a[t] = rms(x[t], prefix + "input_layernorm.weight", c.rmsNormEps());
            latentQuery[t] = rms(linear(self + "q_a_proj.weight", a[t]), self + "q_a_layernorm.weight", 1e-6);
            double[] both = linear(self + "kv_a_proj_with_mqa.weight", a[t]);
            double[] latent = rms(Arrays.copyOf(both, c.kvLoraRank()), self + "kv_a_layernorm.weight", 1e-6);
            keyValue[t] = linear(self + "kv_b_proj.weight", latent);
            rotated[t] = Arrays.copyOfRange(both, c.kvLoraRank(), both.length);
            rotate(rotated[t], 0, t, true);
            indexKeys[t] = indexKey(self + "indexer.", a[t], t);
        }
        for (int t = 0; t < tokens; t++) {
            indexScores[layer][t] = indexScores(self + "indexer.", a[t], latentQuery[t], indexKeys, t);
            selected[layer][t] = select(indexScores[layer][t]);
            add(x[t], attend(self, latentQuery[t], keyValue, rotated, t, selected[layer][t]), 1);
        }
    }

    private double[] attend(
            String self, double[] latentQuery, double[][] keyValue, double[][] rotated, int t, int[] keys) {
        double[] q = linear(self + "q_b_proj.weight", latentQuery);
        int nope = c.qkNopeHeadDim();
        int value = c.vHeadDim();
        double scale = 1
                / Math.sqrt(c.qkHeadDim())
                * c.ropeScaling().map(RopeScaling::softmaxFactor).orElse(1.0);
        double[] out = new double[c.numAttentionHeads() * value];
        for (int h = 0; h < c.numAttentionHeads(); h++) {
            int query = h * c.qkHeadDim();
            rotate(q, query + nope, t, true);
            double[] p = new double[keys.length];
            for (int i = 0; i < keys.length; i++) {
                for (int d = 0; d < nope; d++) {
                    p[i] += q[query + d] * keyValue[keys[i]][h * (nope + value) + d];
                }
                for (int d = 0; d < c.qkRopeHeadDim(); d++) {
                    p[i] += q[query + nope + d] * rotated[keys[i]][d];
                }
                p[i] *= scale;
            }
            double max = Arrays.stream(p).max().orElseThrow();
            double sum = Arrays.stream(p).map(z -> Math.exp(z - max)).sum();
            for (int i = 0; i < keys.length; i++) {
                for (int d = 0; d < value; d++) {
                    out[h * value + d] += Math.exp(p[i] - max) / sum * keyValue[keys[i]][h * (nope + value) + nope + d];
                }
            }
        }
        return linear(self + "o_proj.weight", out);
    }

    private double[] indexKey(String indexer, double[] a, int t) {
        double[] key = linear(indexer + "wk.weight", a);
        double mean = Arrays.stream(key).average().orElseThrow();
        double variance =
                Arrays.stream(key).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
        for (int d = 0; d < key.length; d++) {
            key[d] = (key[d] - mean) / Math.sqrt(variance + 1e-6) * weight(indexer + "k_norm.weight")[d]
                    + weight(indexer + "k_norm.bias")[d];
        }
        rotate(key, 0, t, c.indexerRopeInterleaved());
        return key;
    }

    private double[] indexScores(String indexer, double[] a, double[] latentQuery, double[][] keys, int t) {
        double[] q = linear(indexer + "wq_b.weight", latentQuery);
        double[] w = linear(indexer + "weights_proj.weight", a);
        double[] scores = new double[t + 1];
        for (int h = 0; h < c.indexNHeads(); h++) {
            rotate(q, h * c.indexHeadDim(), t, c.indexerRopeInterleaved());
            for (int s = 0; s <= t; s++) {
                double dot = 0;
                for (int d = 0; d < c.indexHeadDim(); d++) {
                    dot += q[h * c.indexHeadDim() + d] * keys[s][d];
                }
                scores[s] += w[h] / Math.sqrt(c.indexNHeads()) / Math.sqrt(c.indexHeadDim()) * Math.max(dot, 0);
            }
        }
        return scores;
    }

    private int[] select(double[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer s) -> -scores[s] + 0.0)
                        .thenComparing(s -> s))
                .limit(c.indexTopk())
                .mapToInt(s -> s)
                .sorted()
                .toArray();
    }

    private double[] experts(int layer, double[] a) {
        String mlp = TensorLayout.layer(layer) + "mlp.";
        double[] g = Arrays.stream(linear(mlp + "gate.weight", a))
                .map(z -> 1 / (1 + Math.exp(-z)))
                .toArray();
        double[] b = new double[g.length];
        Arrays.setAll(b, e -> g[e] + weight(mlp + "gate.e_score_correction_bias")[e]);
        int size = g.length / c.nGroup();
        int[] groups = best(
                IntStream.range(0, c.nGroup())
                        .mapToDouble(group -> Arrays.stream(b, group * size, (group + 1) * size)
                                .map(v -> -v)
                                .sorted()
                                .map(v -> -v)
                                .limit(2)
                                .sum())
                        .toArray(),
                c.topkGroup());
        double[] masked = new double[b.length];
        Arrays.setAll(
                masked,
                e -> Arrays.stream(groups).anyMatch(group -> group == e / size) ? b[e] : Double.NEGATIVE_INFINITY);
        int[] chosen = best(masked, c.numExpertsPerTok());
        double sum = Arrays.stream(chosen).mapToDouble(e -> g[e]).sum();
        double[] out = c.nSharedExperts() == 0 ? new double[c.hiddenSize()] : mlp(mlp + "shared_experts.", a);
        for (int e : chosen) {
            double weight = (c.normTopkProb() ? g[e] / sum : g[e]) * c.routedScalingFactor();
            add(out, mlp(mlp + "experts." + e + ".", a), weight);
        }
        return out;
    }

    private static int[] best(double[] scores, int count) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .limit(count)
                .mapToInt(i -> i)
                .toArray();
    }

    private double[] mlp(String prefix, double[] a) {
        double[] gate = linear(prefix + "gate_proj.weight", a);
        double[] up = linear(prefix + "up_proj.weight", a);
        double[] inner = new double[gate.length];
        Arrays.setAll(inner, i -> gate[i] / (1 + Math.exp(-gate[i])) * up[i]);
        return linear(prefix + "down_proj.weight", inner);
    }

    private void rotate(double[] x, int at, int position, boolean interleaved) {
        int pairs = c.qkRopeHeadDim() / 2;
        RotaryPositions rotary = new RotaryPositions(c);
        double amplitude = c.ropeScaling().map(RopeScaling::attentionFactor).orElse(1.0);
        for (int i = 0; i < pairs; i++) {
            int first = at + (interleaved ? 2 * i : i);
            int second = at + (interleaved ? 2 * i + 1 : i + pairs);
            double angle = position * rotary.frequency(i);
            double a = x[first];
            double b = x[second];
            x[first] = amplitude * (a * Math.cos(angle) - b * Math.sin(angle));
            x[second] = amplitude * (a * Math.sin(angle) + b * Math.cos(angle));
        }
    }

    private double[] rms(double[] x, String name, double eps) {
        double mean = Arrays.stream(x).map(v -> v * v).average().orElseThrow();
        double[] out = new double[x.length];
        Arrays.setAll(out, i -> weight(name)[i] * x[i] / Math.sqrt(mean + eps));
        return out;
    }

    private float[] weight(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    private double[] linear(String name, double[] x) {
        float[] w = weight(name);
        double[] out = new double[w.length / x.length];
        for (int r = 0; r < out.length; r++) {
            for (int i = 0; i < x.length; i++) {
                out[r] += (double) w[r * x.length + i] * x[i];
            }
        }
        return out;
    }

    private double[] row(String name, int row, int width) {
        double[] out = new double[width];
        Arrays.setAll(out, i -> weight(name)[row * width + i]);
        return out;
    }

    private static void add(double[] to, double[] from, double factor) {
        for (int i = 0; i < to.length; i++) {
            to[i] += factor * from[i];
        }
    }
}
