package dev.goldline.modelruntime.parity;

import dev.goldline.modelruntime.djl.DjlCausalModel;
import dev.goldline.modelruntime.inference.DiscreteChoices;
import java.util.Optional;

/** The tensor implementation as a subject of comparison. */
public final class DjlParitySubject implements ParitySubject {
    private final DjlCausalModel model;
    private final String name;

    /** @param name what to call it in reports */
    public DjlParitySubject(DjlCausalModel model, String name) {
        this.model = model;
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ForwardPass forward(int[] ids, Optional<DiscreteChoices> forced) {
        DjlCausalModel.Shown shown = model.forward(ids, forced);
        return new ForwardPass(shown.logits(), shown.selected(), shown.experts());
    }

    @Override
    public int[] greedy(int[] prompt, int count) {
        return GreedyDecoding.continuation(model, prompt, count);
    }

    @Override
    public void close() {
        model.close();
    }
}
