package dev.goldline.modelruntime.inprocess;

import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.encoding.V32Encoding;
import dev.goldline.modelruntime.inference.CausalModel;
import dev.goldline.modelruntime.profile.CheckpointSource;
import dev.goldline.modelruntime.profile.EndpointSource;
import dev.goldline.modelruntime.profile.ModeProfile;
import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.modelruntime.sampling.Sampler;
import dev.goldline.modelruntime.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A {@link ChatModel} over a {@link CausalModel}. A stream computes on the thread that pulls it, one token a step, so
 * as many answers run at once as threads ask. Same request and seed: same events.
 */
public final class InProcessChatModel implements ChatModel {
    private final ModelProfile profile;
    private final CausalModel model;
    private final Tokenizer tokenizer;
    private final String revision;
    private final int vocabSize;
    private final int contextWindow;
    private final int thinkEnd;
    private final Set<Integer> endTokens;

    /**
     * Takes over the model and the tokenizer: closing this closes them.
     *
     * @param revision what exactly answers, such as {@link CheckpointRevision#of}
     * @throws IllegalArgumentException if the parts do not fit each other
     */
    public InProcessChatModel(ModelProfile profile, CausalModel model, Tokenizer tokenizer, String revision) {
        this.profile = profile;
        this.model = model;
        this.tokenizer = tokenizer;
        this.revision = revision;
        this.vocabSize = tokenizer.vocabSize();
        if (vocabSize > model.config().vocabSize()) {
            throw new IllegalArgumentException("model '" + profile.name() + "': the tokenizer has ids up to "
                    + (vocabSize - 1) + ", the model only " + model.config().vocabSize() + " tokens");
        }
        for (String token :
                new String[] {V32Encoding.BEGIN, V32Encoding.USER, V32Encoding.ASSISTANT, V32Encoding.THINK}) {
            tokenizer.addedId(token);
        }
        this.thinkEnd = tokenizer.addedId(V32Encoding.THINK_END);
        this.endTokens = new HashSet<>(List.of(model.config().eosTokenId(), tokenizer.addedId(V32Encoding.END)));
        int trained = model.config().maxPositionEmbeddings();
        this.contextWindow = profile.contextWindow().orElse(trained);
        if (contextWindow > trained) {
            throw new IllegalArgumentException("model '" + profile.name() + "': a context window of " + contextWindow
                    + " is more than the checkpoint's " + trained);
        }
    }

    /**
     * Opens the checkpoint a profile names.
     *
     * @param loader what runs the weights
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if the checkpoint, its tokenizer and the profile do not fit each other, or the
     *     profile is of a served model
     */
    public static InProcessChatModel open(ModelProfile profile, CheckpointLoader loader) throws IOException {
        Path folder = switch (profile.source()) {
            case EndpointSource endpoint ->
                throw new IllegalArgumentException("model '" + profile.name() + "' is served at " + endpoint.endpoint()
                        + "; it has no checkpoint to run in process");
            case CheckpointSource.Folder(Path path) -> path;
            case CheckpointSource.Shipped(String resource) ->
                ShippedCheckpoint.folder(
                        InProcessChatModel.class.getClassLoader(), resource, ShippedCheckpoint.userCache());
        };
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "model '" + profile.name() + "': its checkpoint folder " + folder + " does not exist");
        }
        String revision = CheckpointRevision.of(folder);
        Tokenizer tokenizer = Tokenizer.open(folder.resolve("tokenizer.json"));
        CausalModel model = null;
        try {
            model = loader.load(folder);
            return new InProcessChatModel(profile, model, tokenizer, revision);
        } catch (IOException | RuntimeException e) {
            tokenizer.close();
            if (model != null) {
                model.close();
            }
            throw e;
        }
    }

    @Override
    public String name() {
        return profile.name();
    }

    @Override
    public String revision() {
        return revision;
    }

    @Override
    public Set<Mode> modes() {
        return profile.modeSet();
    }

    /** What the model is asked with where a run does not say otherwise. */
    public ModelProfile profile() {
        return profile;
    }

    /** Most tokens of prompt and output together. */
    public int contextWindow() {
        return contextWindow;
    }

    @Override
    public ChatStream open(ChatRequest request) {
        if (request.prefix().isPresent()) {
            throw new IllegalArgumentException(
                    "model '" + name() + "' runs in process and does not go on from a prefix");
        }
        ModeProfile mode = profile.mode(request.mode());
        boolean thinking = request.mode() != Mode.NON_THINKING;
        int[] prompt = V32Encoding.prompt(request.messages(), thinking, mode.systemPrefix())
                .encode(tokenizer);
        if (prompt.length >= contextWindow) {
            throw new IllegalArgumentException("the prompt has " + prompt.length
                    + " tokens and leaves no room for an answer in the context window of " + contextWindow);
        }
        Generation generation = new Generation(
                model.newSequence(),
                new Sampler(request.sampling(), vocabSize),
                prompt,
                contextWindow,
                request.maxOutputTokens());
        int budget = thinking ? request.thinkingBudget().orElse(Integer.MAX_VALUE) : 0;
        return new InProcessChatStream(generation, tokenizer.decoder(), endTokens, thinkEnd, thinking, budget);
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
