package dev.goldline.modelruntime.profile;

/** Where a model is: files to run in process, or an endpoint to ask. */
public sealed interface ModelSource permits CheckpointSource, EndpointSource {}
