package dev.goldline.ci.streams;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Opens many streams at once, reads them all, and prints what it cost this process. */
final class StreamClient {
    private static final int WARM_UP_STREAMS = 600;
    private static final int WARM_UP_AT_ONCE = 50;
    private static final int OPENED_A_SECOND = 2500;

    private final StreamReader reader;
    private final int streams;
    private final int tokens;
    private final AtomicInteger finished = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicLong exact = new AtomicLong();
    private long mostHeap;

    private StreamClient(StreamReader reader, int streams, int tokens) {
        this.reader = reader;
        this.streams = streams;
        this.tokens = tokens;
    }

    /** Arguments: bare or goldline, endpoint, streams, tokens of each. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        URI endpoint = URI.create(arguments[1]);
        try (StreamReader reader =
                arguments[0].equals("bare") ? new BareReader(endpoint) : new GoldlineReader(endpoint)) {
            new StreamClient(reader, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3])).run();
        }
    }

    private void run() throws InterruptedException {
        warmUp();
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        finished.set(0);
        exact.set(0);
        failed.set(0);
        System.gc();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        CountDownLatch over = new CountDownLatch(streams);
        for (int i = 0; i < streams; i++) {
            String prompt = "stream " + i;
            Thread.startVirtualThread(() -> {
                read(prompt);
                over.countDown();
            });
            if (i % 25 == 24) {
                Thread.sleep(25_000 / OPENED_A_SECOND);
            }
        }
        while (!over.await(250, TimeUnit.MILLISECONDS)) {
            mostHeap = Math.max(mostHeap, heap());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double cpuSeconds = (process.getProcessCpuTime() - cpu) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d %d %d %.3f %.3f %d%n",
                finished.get(),
                failed.get(),
                exact.get(),
                seconds,
                cpuSeconds,
                mostHeap);
    }

    private void warmUp() throws InterruptedException {
        Semaphore atOnce = new Semaphore(WARM_UP_AT_ONCE);
        for (int i = 0; i < WARM_UP_STREAMS; i++) {
            atOnce.acquire();
            String prompt = StreamServer.WARM_UP + i;
            Thread.startVirtualThread(() -> {
                read(prompt);
                atOnce.release();
            });
        }
        atOnce.acquire(WARM_UP_AT_ONCE);
    }

    private void read(String prompt) {
        try {
            int right = reader.read(prompt, tokens);
            exact.addAndGet(right);
            finished.incrementAndGet();
        } catch (IOException | InterruptedException | RuntimeException e) {
            failed.incrementAndGet();
            System.err.println(prompt + ": " + e);
        }
    }

    private static long heap() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
