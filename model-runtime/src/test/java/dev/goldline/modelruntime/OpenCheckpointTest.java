package dev.goldline.modelruntime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.goldline.modelruntime.chat.ChatEvent;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.chat.ChatRequest;
import dev.goldline.modelruntime.chat.ChatStream;
import dev.goldline.modelruntime.chat.Message;
import dev.goldline.modelruntime.chat.Mode;
import dev.goldline.modelruntime.chat.Sampling;
import dev.goldline.modelruntime.chat.StopReason;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.checkpoint.DType;
import dev.goldline.modelruntime.checkpoint.ModelConfig;
import dev.goldline.modelruntime.checkpoint.ModelConfigWriter;
import dev.goldline.modelruntime.checkpoint.SafetensorsWriter;
import dev.goldline.modelruntime.checkpoint.TensorLayout;
import dev.goldline.modelruntime.encoding.V32Encoding;
import dev.goldline.modelruntime.inference.CausalModel;
import dev.goldline.modelruntime.inference.CausalSequence;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.kernels.PackedMatrix;
import dev.goldline.modelruntime.sampling.Sampler;
import dev.goldline.modelruntime.tokenizer.TestTokenizers;
import dev.goldline.modelruntime.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint folder with random weights, asked through the chat boundary. */
class OpenCheckpointTest {
    private static final int MAX_OUTPUT = 24;
    private static final int BUDGET = 10;
    private static final List<Message> MESSAGES = List.of(Message.user("What is the remainder of 17 by 5?"));

    @TempDir
    private static Path folder;

    @BeforeAll
    static void writeCheckpoint() throws IOException {
        ModelConfig config = config();
        Random random = new Random(1);
        SafetensorsWriter weights = new SafetensorsWriter();
        TensorLayout.tensors(config).forEach(tensor -> {
            float[] values = new float[Math.toIntExact(tensor.elements())];
            float scale = tensor.isVector() ? 0.1f : (float) (3 / Math.sqrt(tensor.columns()));
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        (float) random.nextGaussian() * scale + (tensor.name().endsWith("norm.weight") ? 1 : 0);
            }
            weights.add(tensor.name(), DType.F32, values, tensor.shape());
        });
        weights.write(folder.resolve("model.safetensors"));
        ModelConfigWriter.write(config, DType.F32, folder.resolve("config.json"));
        Files.writeString(folder.resolve("tokenizer.json"), TestTokenizers.json());
    }

    @Test
    void draws_the_tokens_that_whole_recomputation_would_draw() throws IOException, InterruptedException {
        for (long seed = 0; seed < 4; seed++) {
            List<ChatEvent> events = ask(seed);
            int[] ids = recompute(seed);
            StringBuilder streamed = new StringBuilder();
            for (ChatEvent event : events) {
                switch (event) {
                    case ChatEvent.ReasoningDelta delta -> streamed.append(delta.text());
                    case ChatEvent.ThoughtClosed closed -> streamed.append(V32Encoding.THINK_END);
                    case ChatEvent.ContentDelta delta -> streamed.append(delta.text());
                    case ChatEvent.ToolCallDelta call -> throw new AssertionError("no tool was offered: " + call);
                    case ChatEvent.UsageReport report -> {
                        assertThat(report.usage().output()).isEqualTo(ids.length);
                        assertThat(report.usage().reasoning().orElseThrow()).isLessThanOrEqualTo(BUDGET);
                    }
                    case ChatEvent.Stop stop -> assertThat(stop.reason()).isIn(StopReason.LENGTH, StopReason.STOP);
                }
            }
            assertThat(streamed).as("seed %d", seed).hasToString(text(ids));
        }
    }

    @Test
    void the_same_seed_gives_the_same_events_again() throws IOException, InterruptedException {
        assertThat(ask(5)).isEqualTo(ask(5)).isNotEqualTo(ask(6));
    }

    @Test
    void the_revision_is_that_of_the_files() throws IOException {
        try (ChatModel model = Models.open(folder.toString())) {
            assertThat(model.revision()).startsWith("sha256:");
            assertThat(model.name()).isEqualTo(folder.getFileName().toString());
        }
    }

    @Test
    void a_checkpoint_without_its_tokenizer_says_which_file_is_missing(@TempDir Path other) throws IOException {
        Files.copy(folder.resolve("config.json"), other.resolve("config.json"));
        Files.copy(folder.resolve("model.safetensors"), other.resolve("model.safetensors"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Models.open(other.toString()))
                .withMessageContaining(other.resolve("tokenizer.json").toString());
    }

    private static List<ChatEvent> ask(long seed) throws IOException, InterruptedException {
        ChatRequest request =
                new ChatRequest(MESSAGES, Mode.STANDARD, Sampling.published(seed), MAX_OUTPUT, OptionalInt.of(BUDGET));
        List<ChatEvent> events = new ArrayList<>();
        try (ChatModel model = Models.open(folder.toString());
                ChatStream stream = model.open(request)) {
            do {
                events.add(stream.next());
            } while (!(events.getLast() instanceof ChatEvent.Stop));
        }
        return events;
    }

    /** The answer's ids, every step computed from the whole prefix by a new sequence. */
    private static int[] recompute(long seed) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.open(folder.resolve("tokenizer.json"));
                Checkpoint checkpoint = Checkpoint.open(folder);
                CausalModel model = NativeCausalModel.load(checkpoint, LoadOptions.in(PackedMatrix.Format.FP32))) {
            int thinkEnd = tokenizer.addedId(V32Encoding.THINK_END);
            int[] prompt = V32Encoding.prompt(MESSAGES, true, "").encode(tokenizer);
            int[] ids = prompt;
            Sampler sampler = new Sampler(Sampling.published(seed), tokenizer.vocabSize());
            boolean thinking = true;
            while (ids.length < prompt.length + MAX_OUTPUT) {
                int next;
                if (thinking && ids.length - prompt.length == BUDGET) {
                    next = thinkEnd;
                } else {
                    try (CausalSequence sequence = model.newSequence()) {
                        next = sampler.next(sequence.append(ids));
                    }
                }
                thinking &= next != thinkEnd;
                ids = Arrays.copyOf(ids, ids.length + 1);
                ids[ids.length - 1] = next;
                if (next == tokenizer.addedId(V32Encoding.END)) {
                    break;
                }
            }
            return Arrays.copyOfRange(ids, prompt.length, ids.length);
        }
    }

    /** What the stream shows: everything but the end token. */
    private static String text(int[] ids) throws IOException {
        try (Tokenizer tokenizer = Tokenizer.open(folder.resolve("tokenizer.json"))) {
            boolean ended = ids[ids.length - 1] == tokenizer.addedId(V32Encoding.END);
            return tokenizer.decode(ended ? Arrays.copyOf(ids, ids.length - 1) : ids);
        }
    }

    private static ModelConfig config() {
        return new ModelConfig(
                TestTokenizers.VOCAB_SIZE,
                32,
                2,
                2,
                16,
                16,
                8,
                4,
                8,
                4,
                8,
                8,
                64,
                16,
                4,
                1,
                2,
                1,
                1,
                true,
                1.0,
                1,
                1e-6,
                10_000,
                256,
                Optional.empty(),
                false,
                false,
                0,
                1);
    }
}
