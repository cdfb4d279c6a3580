package dev.goldline.modelruntime.training;

import dev.goldline.modelruntime.djl.TrainableModel.Outcome;

/**
 * Where a training run stands after a step.
 *
 * @param step steps taken, from 1
 * @param tokens tokens trained on, all sittings together
 * @param tokensPerSecond of this sitting, lately
 */
public record TrainingProgress(
        long step, long tokens, boolean dense, double learningRate, Outcome outcome, double tokensPerSecond) {}
