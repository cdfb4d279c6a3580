package dev.goldline.evaluator.command;

import dev.goldline.evaluator.console.GoldlineVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: everything a bug report needs. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "goldline " + GoldlineVersion.current(),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ") at "
                    + System.getProperty("java.home"),
            System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch")
                    + ", " + Runtime.getRuntime().availableProcessors() + " processors"
        };
    }
}
