package dev.goldline.ci.nullserver;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/** Decides how each request is answered. Called from several threads. */
@FunctionalInterface
public interface Script {
    Reply reply(Asked asked);

    /** Every request alike. */
    static Script always(Reply reply) {
        return asked -> reply;
    }

    /**
     * Faults by chance, but the same for the same prompt, seed, and how often it was asked.
     *
     * @param sound how it goes where nothing goes wrong
     * @param shares for each fault, the share of requests it strikes; together at most 1
     * @param seed another one strikes others
     */
    static Script mixed(Reply sound, Map<Fault, Double> shares, long seed) {
        Map<Fault, Double> copy = new LinkedHashMap<>(shares);
        if (copy.values().stream().mapToDouble(Double::doubleValue).sum() > 1 + 1e-9) {
            throw new IllegalArgumentException("the shares of all faults add up to more than 1");
        }
        return asked -> {
            CRC32 crc = new CRC32();
            crc.update((asked.prompt() + '\0' + asked.seed() + '\0' + asked.time() + '\0' + seed)
                    .getBytes(StandardCharsets.UTF_8));
            double chance = crc.getValue() / 4294967296.0;
            for (Map.Entry<Fault, Double> fault : copy.entrySet()) {
                chance -= fault.getValue();
                if (chance < 0) {
                    Duration wait = fault.getKey() == Fault.SLOW_FIRST_TOKEN
                            ? sound.firstToken().plusSeconds(3)
                            : sound.firstToken();
                    return new Reply(sound.thought(), sound.tokensPerSecond(), wait, fault.getKey());
                }
            }
            return sound;
        };
    }
}
