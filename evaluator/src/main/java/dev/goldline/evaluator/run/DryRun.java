package dev.goldline.evaluator.run;

import dev.goldline.modelruntime.profile.ModelProfile;
import dev.goldline.modelruntime.profile.Prices;
import dev.goldline.problemsets.problem.Problem;
import dev.goldline.reports.runlog.RunSnapshot.ModeSettings;
import java.io.PrintWriter;
import java.util.Locale;

/** What a run would ask for and cost, without asking anybody. */
record DryRun(RunPlan plan, ModelProfile profile) {
    /** Characters a token, roughly: of English with formulas in common vocabularies. */
    private static final double CHARACTERS_A_TOKEN = 4;

    void print(PrintWriter out) {
        long most = 0;
        for (ModeSettings mode : plan.modes()) {
            most += (long) mode.maxOutputTokens() * (plan.size() / plan.modes().size());
        }
        long characters = 0;
        for (AskedSet set : plan.sets()) {
            for (Problem problem : set.problems()) {
                characters +=
                        plan.prompt().messages(problem).getLast().content().length();
            }
        }
        long prompt = Math.round(
                characters / CHARACTERS_A_TOKEN * plan.samples() * plan.modes().size());
        out.println("run " + plan.name() + " (nothing is asked)");
        plan.sets()
                .forEach(set -> out.println(
                        "  set " + set.name() + ": " + set.problems().size() + " problems"));
        plan.modes().forEach(mode -> out.println("  mode " + mode));
        out.println("  attempts: " + plan.size());
        out.println("  output tokens: at most " + most + "; how many are to be expected is unknown before a run");
        out.println("  prompt tokens: about " + prompt + ", at 4 characters a token");
        if (profile.prices().isEmpty()) {
            out.println("  money: unknown, the profile of " + profile.name() + " has no prices");
        } else {
            Prices prices = profile.prices().get();
            double cost = Costs.prompt(prices, prompt, 0) + Costs.output(prices, most);
            out.println(String.format(
                    Locale.ROOT,
                    "  money: at most about %.4f %s, tries that break not included",
                    cost,
                    prices.currency()));
        }
        out.flush();
    }
}
