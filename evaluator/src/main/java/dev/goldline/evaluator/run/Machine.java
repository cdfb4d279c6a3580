package dev.goldline.evaluator.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Facts of this machine, for a run's provenance: figures of speed mean nothing without them. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Processor, cores, heap, system and Java, by these names. */
    public static Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        cpu().ifPresent(cpu -> facts.put("cpu", cpu));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("heapMiB", Long.toString(Runtime.getRuntime().maxMemory() >> 20));
        facts.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        facts.put("java", Runtime.version() + " " + System.getProperty("java.vendor"));
        return facts;
    }

    /** Empty where the system does not say. */
    private static Optional<String> cpu() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
