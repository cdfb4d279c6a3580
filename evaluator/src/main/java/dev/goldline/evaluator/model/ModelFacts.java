package dev.goldline.evaluator.model;

import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.cost.CacheFormat;
import dev.goldline.modelruntime.cost.ModelCost;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A checkpoint's figures, as text or JSON. */
record ModelFacts(String folder, ModelConfig config, ModelCost cost, long bytesOnDisk) {
    private static final List<Long> CONTEXTS = LongStream.of(1, 2, 4, 8, 16, 32, 64, 128)
            .map(k -> k * 1024)
            .boxed()
            .toList();

    static ModelFacts of(Checkpoint checkpoint) {
        return new ModelFacts(
                checkpoint.folder().toString(),
                checkpoint.config(),
                ModelCost.of(checkpoint.config()),
                checkpoint.bytesOnDisk());
    }

    String json() {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ObjectNode root = mapper.createObjectNode();
        root.put("folder", folder);
        root.put("layers", config.numHiddenLayers());
        root.put("hiddenSize", config.hiddenSize());
        root.put("vocabSize", config.vocabSize());
        root.put("maxPositionEmbeddings", config.maxPositionEmbeddings());
        root.put("indexTopk", config.indexTopk());
        root.put("parameters", cost.totalParameters());
        root.put("activeParameters", cost.activeParameters());
        root.put("activeParametersWithoutEmbedding", cost.activeParametersWithoutEmbedding());
        root.put("bytesOnDisk", bytesOnDisk);
        ObjectNode cache = root.putObject("cacheBytesPerToken");
        for (CacheFormat format : CacheFormat.values()) {
            cache.putObject(format.name().toLowerCase(Locale.ROOT))
                    .put("latent", cost.latentCacheBytes(format))
                    .put("index", cost.indexCacheBytes(format));
        }
        root.put("linearFlopsPerToken", cost.linearFlops());
        cost.decodeCrossover().ifPresent(length -> root.put("decodeCrossover", length));
        cost.prefillCrossover().ifPresent(length -> root.put("prefillCrossover", length));
        var contexts = root.putArray("perTokenAtContext");
        for (long length : CONTEXTS) {
            contexts.addObject()
                    .put("context", length)
                    .put("denseMhaFlops", cost.denseMhaFlops(length))
                    .put("denseMqaFlops", cost.denseMqaFlops(length))
                    .put("dsaFlops", cost.dsaFlops(length))
                    .put("indexerFlops", cost.indexerFlops(length))
                    .put("denseBytesReadBf16", cost.denseBytesRead(length, CacheFormat.BF16))
                    .put("dsaBytesReadBf16", cost.dsaBytesRead(length, CacheFormat.BF16));
        }
        return mapper.writeValueAsString(root) + System.lineSeparator();
    }

    String text() {
        StringBuilder out = new StringBuilder();
        line(out, "%s", folder);
        line(
                out,
                "  %d layers (%d dense), hidden %d, vocabulary %d, context %d",
                config.numHiddenLayers(),
                config.firstKDenseReplace(),
                config.hiddenSize(),
                config.vocabSize(),
                config.maxPositionEmbeddings());
        line(
                out,
                "  %d heads, latent %d + %d rotated; indexer %d x %d, top %d; experts %d of %d, %d shared",
                config.numAttentionHeads(),
                config.kvLoraRank(),
                config.qkRopeHeadDim(),
                config.indexNHeads(),
                config.indexHeadDim(),
                config.indexTopk(),
                config.numExpertsPerTok(),
                config.nRoutedExperts(),
                config.nSharedExperts());
        line(
                out,
                "  parameters  %s, %s active a token (%s without the embedding)",
                count(cost.totalParameters()),
                count(cost.activeParameters()),
                count(cost.activeParametersWithoutEmbedding()));
        line(out, "  on disk     %sB", count(bytesOnDisk));
        for (CacheFormat format : CacheFormat.values()) {
            line(
                    out,
                    "  cache %-5s %,d B a token: %,d latent, %,d index keys",
                    format.name().toLowerCase(Locale.ROOT),
                    cost.latentCacheBytes(format) + cost.indexCacheBytes(format),
                    cost.latentCacheBytes(format),
                    cost.indexCacheBytes(format));
        }
        line(out, "");
        line(out, "One token by context (all layers; a multiply-add is 2 FLOP; cache read in bf16)");
        line(
                out,
                "%8s %12s %12s %12s %9s %12s %12s",
                "context",
                "dense MHA",
                "dense MQA",
                "DSA",
                "indexer",
                "dense read",
                "DSA read");
        for (long length : CONTEXTS) {
            line(
                    out,
                    "%7dK %9s FLOP %7s FLOP %7s FLOP %8.0f%% %11sB %11sB",
                    length / 1024,
                    count(cost.denseMhaFlops(length)),
                    count(cost.denseMqaFlops(length)),
                    count(cost.dsaFlops(length)),
                    100 * cost.indexerFlops(length) / cost.dsaFlops(length),
                    count(cost.denseBytesRead(length, CacheFormat.BF16)),
                    count(cost.dsaBytesRead(length, CacheFormat.BF16)));
        }
        line(out, "plus %s FLOP of matrices a token at any context", count(cost.linearFlops()));
        line(
                out,
                "DSA is cheaper than dense attention: decode from %s, prefill from %s",
                crossover(cost.decodeCrossover()),
                crossover(cost.prefillCrossover()));
        return out.toString();
    }

    private static String crossover(OptionalLong length) {
        return length.isPresent() ? String.format(Locale.ROOT, "%,d tokens", length.getAsLong()) : "no length on";
    }

    private static void line(StringBuilder out, String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
    }

    /** Four digits and a decimal unit, such as {@code 671.9 G}. */
    private static String count(double value) {
        String[] units = {"", "k", "M", "G", "T", "P"};
        int unit = 0;
        double scaled = value;
        while (scaled >= 1000 && unit + 1 < units.length) {
            scaled /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, scaled >= 100 || unit == 0 ? "%.1f %s" : "%.2f %s", scaled, units[unit]);
    }
}
