package dev.goldline.evaluator.run;

import dev.goldline.evaluator.schedule.EndpointGate;
import dev.goldline.evaluator.schedule.Lane;
import dev.goldline.modelruntime.chat.ChatModel;
import dev.goldline.reports.runlog.PartialStreams;
import java.util.function.BooleanSupplier;

/**
 * What the attempts of one sitting share.
 *
 * @param judging where answers are judged
 * @param leftovers whether an earlier sitting left streams
 * @param stopping whether the run is ending, so that attempts are dropped
 * @param answered whether the model has ever answered in this sitting
 */
record Bench(
        ChatModel model,
        Marking marking,
        RunSettings settings,
        EndpointGate gate,
        Lane judging,
        PartialStreams partials,
        boolean leftovers,
        Ledger ledger,
        RunListener listener,
        BooleanSupplier stopping,
        Answered answered) {
    /** Whether anything ever came of the model. */
    static final class Answered {
        private volatile boolean yes;

        boolean ever() {
            return yes;
        }

        void now() {
            if (!yes) {
                yes = true;
            }
        }
    }
}
