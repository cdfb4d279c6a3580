package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.modelruntime.checkpoint.Checkpoint;
import dev.goldline.modelruntime.inference.CausalModel;
import dev.goldline.modelruntime.inference.LoadOptions;
import dev.goldline.modelruntime.inference.NativeCausalModel;
import dev.goldline.modelruntime.inprocess.InProcessChatModel;
import dev.goldline.modelruntime.profile.ModelProfile;
import java.io.IOException;
import java.nio.file.Path;

/** Opens models on the native kernels, with weights held so that none is rounded: the same tokens as in fp32. */
public final class InProcess {
    private InProcess() {}

    public static ChatModel open(ModelProfile profile) throws IOException {
        return InProcessChatModel.open(profile, InProcess::load);
    }

    private static CausalModel load(Path folder) {
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return NativeCausalModel.load(checkpoint, LoadOptions.exact());
        }
    }
}
