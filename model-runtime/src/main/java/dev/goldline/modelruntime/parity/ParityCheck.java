package dev.goldline.modelruntime.parity;

import dev.goldline.modelruntime.checkpoint.ModelConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Compares an engine with the reference recorded beside a checkpoint. */
public final class ParityCheck {
    /** Greatest difference of a logit with fp32 weights. */
    public static final double FP32_LIMIT = 1e-3;

    /** Greatest difference of a logit with bf16 weights, on the reference's selections and experts. */
    public static final double BF16_LIMIT = 0.15;

    private final ParityReference reference;
    private final ParitySubject subject;
    private final Optional<ParitySubject> router;
    private final int layers;
    private int selections;
    private int selectionsEqual;
    private String firstDifference = "";

    private ParityCheck(ParityReference reference, ParitySubject subject, Optional<ParitySubject> router, int layers) {
        this.reference = reference;
        this.subject = subject;
        this.router = router;
        this.layers = layers;
    }

    /**
     * Runs the subject over the recorded prompts.
     *
     * @param folder holds {@code expected.safetensors}
     * @param limit greatest difference of a logit
     * @param router an fp32 engine of the same checkpoint: logits are then computed with the recorded selections and
     *     this engine's experts, and the subject's own choices and greedy tokens are reported but not required, because
     *     rounding may swap keys or experts whose scores are close; empty to require everything
     * @throws dev.goldline.modelruntime.checkpoint.CheckpointException if the recorded reference is missing or unsound
     */
    public static ParityResult run(
            Path folder, ModelConfig config, ParitySubject subject, double limit, Optional<ParitySubject> router) {
        ParityReference reference = ParityReference.read(folder, config);
        return new ParityCheck(reference, subject, router, config.numHiddenLayers()).compare(limit);
    }

    private ParityResult compare(double limit) {
        double worst = 0;
        int positions = 0;
        for (int prompt = 0; prompt < reference.prompts(); prompt++) {
            int[] ids = reference.prompt(prompt);
            ParitySubject.ForwardPass own = subject.forward(ids, Optional.empty());
            compareSelections(prompt, own.selected());
            float[][] logits = router.isEmpty()
                    ? own.logits()
                    : forced(prompt, router.get()).logits();
            worst = Math.max(worst, greatestDelta(prompt, logits));
            positions += ids.length;
        }
        int promptLength = reference.prompt(0).length;
        int[] expected = reference.greedy();
        int[] greedy = subject.greedy(reference.prompt(0), expected.length - promptLength);
        int mismatch = Arrays.mismatch(expected, greedy);
        return new ParityResult(
                subject.name(),
                router.isPresent(),
                positions,
                worst,
                limit,
                selections,
                selectionsEqual,
                firstDifference,
                expected.length - promptLength,
                (mismatch < 0 ? expected.length : mismatch) - promptLength);
    }

    private ParitySubject.ForwardPass forced(int prompt, ParitySubject exact) {
        int[] ids = reference.prompt(prompt);
        int[][][] experts = exact.forward(ids, Optional.empty()).experts();
        return subject.forward(ids, Optional.of(reference.choices(prompt, experts)));
    }

    private double greatestDelta(int prompt, float[][] logits) {
        double worst = 0;
        for (int position = 0; position < logits.length; position++) {
            for (int token = 0; token < logits[position].length; token++) {
                double delta = Math.abs((double) logits[position][token] - reference.logit(prompt, position, token));
                // Written so that a difference that is no number is the worst there is.
                worst = delta <= worst ? worst : Double.isNaN(delta) ? Double.POSITIVE_INFINITY : delta;
            }
        }
        return worst;
    }

    private void compareSelections(int prompt, int[][][] selected) {
        for (int layer = 0; layer < layers; layer++) {
            for (int position = 0; position < selected[layer].length; position++) {
                int[] expected = reference.selected(prompt, layer, position);
                int[] found = selected[layer][position];
                selections++;
                if (Arrays.equals(expected, found)) {
                    selectionsEqual++;
                } else if (firstDifference.isEmpty()) {
                    firstDifference = "prompt " + prompt + ", layer " + layer + ", position " + position + ": expected "
                            + Arrays.toString(expected) + ", selected " + Arrays.toString(found);
                }
            }
        }
    }
}
