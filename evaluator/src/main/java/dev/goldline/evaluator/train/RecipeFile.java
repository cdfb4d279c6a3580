package dev.goldline.evaluator.train;

import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.checkpoint.CheckpointException;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfigReader;
import dev.goldline.modelruntime.training.TrainingRecipe;
import dev.goldline.modelruntime.yaml.Section;
import dev.goldline.problemsets.micromath.Family;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A recipe as read from its file. Every key is required, and an unknown or repeated one is an error.
 *
 * <pre>
 * name: tiny
 * config: config.json             # the model's configuration, from the recipe's folder
 * tokenizer:
 *   vocabulary: 512               # as vocab_size in the configuration
 *   documents: 20000              # of which its words are learned
 * training:                       # see TrainingRecipe
 *   seed: 1
 *   tokens: 1000000
 *   ...
 * data:
 *   seed: 1
 *   families: {remainder: 1.5, series: 1}
 *   levels: [1, 1, 1, 0.5, 0.5]
 *   modes: {standard: 1, speciale: 1}
 *   slips: 0.25
 * </pre>
 *
 * @param name what the model is called in its card
 * @param tokenizerDocuments documents the tokenizer's words are learned from
 */
record RecipeFile(
        String name, ModelConfig config, int tokenizerDocuments, TrainingRecipe training, Curriculum curriculum) {
    private static final long MAX_FILE_BYTES = 64 << 10;

    /** Added tokens and single bytes come first; a smaller vocabulary has no room for them. */
    private static final int LEAST_VOCABULARY = 256 + Vocabulary.ADDED_TOKENS;

    /**
     * Reads a recipe; the configuration it names lies beside it.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is no recipe; the message names file, line and key
     */
    static RecipeFile read(Path file) throws IOException {
        Section root = Section.read(file, MAX_FILE_BYTES);
        return root.checked(section -> recipe(section, file));
    }

    private static RecipeFile recipe(Section root, Path file) {
        String name = root.text("name");
        if (name.isBlank()) {
            throw root.bad("name", "is empty; name the model");
        }
        ModelConfig config = config(root, file);
        Section tokenizer = root.section("tokenizer");
        int vocabulary = tokenizer.count("vocabulary");
        if (vocabulary != config.vocabSize()) {
            throw tokenizer.bad(
                    "vocabulary",
                    "is " + vocabulary + " but " + root.text("config") + " has vocab_size " + config.vocabSize()
                            + "; make them agree");
        }
        if (vocabulary < LEAST_VOCABULARY) {
            throw tokenizer.bad(
                    "vocabulary", "is " + vocabulary + " but bytes and control tokens alone are " + LEAST_VOCABULARY);
        }
        int documents = tokenizer.count("documents");
        if (documents < 1) {
            throw tokenizer.bad("documents", "is " + documents + " but must be 1 or more");
        }
        tokenizer.refuseOthers();
        TrainingRecipe training = root.section("training").checked(RecipeFile::training);
        Curriculum curriculum = root.section("data").checked(RecipeFile::curriculum);
        root.refuseOthers();
        return new RecipeFile(name, config, documents, training, curriculum);
    }

    private static ModelConfig config(Section root, Path file) {
        Path config = file.resolveSibling(root.text("config"));
        if (!Files.isRegularFile(config)) {
            throw root.bad("config", "is '" + root.text("config") + "' but there is no file " + config);
        }
        try {
            return ModelConfigReader.read(config);
        } catch (CheckpointException e) {
            throw root.bad("config", "names a configuration that cannot be used: " + e.getMessage());
        }
    }

    private static TrainingRecipe training(Section section) {
        TrainingRecipe recipe = new TrainingRecipe(
                section.whole("seed"),
                section.whole("tokens"),
                section.count("step_tokens"),
                section.count("shards"),
                section.count("max_document_tokens"),
                section.number("dense_fraction"),
                section.number("learning_rate"),
                section.count("warm_up_steps"),
                section.number("decay_fraction"),
                section.number("beta1"),
                section.number("beta2"),
                section.number("weight_decay"),
                section.number("indexer_weight"),
                section.number("balance_speed"));
        section.refuseOthers();
        return recipe;
    }

    private static Curriculum curriculum(Section section) {
        Map<Family, Double> families = section.section("families").checked(shares -> {
            Map<Family, Double> read = new EnumMap<>(Family.class);
            shares.keys().forEach(label -> read.put(labelled(shares, label, Family::ofLabel), shares.number(label)));
            return read;
        });
        Map<Mode, Double> modes = section.section("modes").checked(shares -> {
            Map<Mode, Double> read = new EnumMap<>(Mode.class);
            shares.keys().forEach(label -> read.put(labelled(shares, label, Mode::ofLabel), shares.number(label)));
            return read;
        });
        Curriculum curriculum = new Curriculum(
                section.whole("seed"), families, section.numbers("levels"), modes, section.number("slips"));
        section.refuseOthers();
        return curriculum;
    }

    private static <T> T labelled(Section shares, String label, Function<String, T> meaning) {
        try {
            return meaning.apply(label);
        } catch (IllegalArgumentException e) {
            throw shares.bad(label, "means nothing: " + e.getMessage());
        }
    }
}
