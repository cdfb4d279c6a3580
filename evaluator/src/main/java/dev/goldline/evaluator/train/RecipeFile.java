package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfigReader;
import dev.goldline.modelruntime.training.TrainingRecipe;
import dev.goldline.problemsets.micromath.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A recipe as read from its file.
 *
 * @param vocabulary tokens of the tokenizer
 * @param tokenizerDocuments documents the tokenizer's words are learned from
 */
record RecipeFile(
        Path file,
        String name,
        ModelConfig config,
        int vocabulary,
        int tokenizerDocuments,
        TrainingRecipe training,
        Curriculum curriculum) {
    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Root(String name, String config, Words tokenizer, Schedule training, Data data) {}

    private record Words(int vocabulary, int documents) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Schedule(
            long seed,
            long tokens,
            int stepTokens,
            int shards,
            int maxDocumentTokens,
            double denseFraction,
            double learningRate,
            int warmUpSteps,
            double decayFraction,
            double beta1,
            double beta2,
            double weightDecay,
            double indexerWeight,
            double balanceSpeed) {
        TrainingRecipe recipe() {
            return new TrainingRecipe(
                    seed,
                    tokens,
                    stepTokens,
                    shards,
                    maxDocumentTokens,
                    denseFraction,
                    learningRate,
                    warmUpSteps,
                    decayFraction,
                    beta1,
                    beta2,
                    weightDecay,
                    indexerWeight,
                    balanceSpeed);
        }
    }

    private record Data(
            long seed, Map<String, Double> families, double[] levels, Map<String, Double> modes, double slips) {
        Curriculum curriculum() {
            Map<Family, Double> byFamily = new EnumMap<>(Family.class);
            families.forEach((label, share) -> byFamily.put(Family.ofLabel(label), share));
            Map<Mode, Double> byMode = new EnumMap<>(Mode.class);
            modes.forEach((label, share) -> byMode.put(Mode.ofLabel(label), share));
            return new Curriculum(seed, byFamily, levels, byMode, slips);
        }
    }

    /**
     * Reads a recipe; the configuration it names lies beside it.
     *
     * @throws IllegalArgumentException naming the file and what is wrong in it
     */
    static RecipeFile read(Path file) throws IOException {
        String text = Files.readString(file);
        try {
            Root root = MAPPER.readValue(text, Root.class);
            ModelConfig config = ModelConfigReader.read(file.resolveSibling(root.config));
            if (config.vocabSize() != root.tokenizer.vocabulary) {
                throw new IllegalArgumentException("tokenizer.vocabulary is " + root.tokenizer.vocabulary + " but "
                        + root.config + " has vocab_size " + config.vocabSize());
            }
            return new RecipeFile(
                    file,
                    root.name,
                    config,
                    root.tokenizer.vocabulary,
                    root.tokenizer.documents,
                    root.training.recipe(),
                    root.data.curriculum());
        } catch (JacksonException e) {
            var at = e.getLocation();
            throw new IllegalArgumentException(
                    file + (at == null ? "" : ", line " + at.getLineNr()) + ": " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
