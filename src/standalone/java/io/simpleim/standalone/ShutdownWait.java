package io.simpleim.standalone;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the process running until it is told to stop (SIGTERM, Ctrl-C), and then closes the server. */
final class ShutdownWait {
    private static final Logger log = LoggerFactory.getLogger(ShutdownWait.class);

    private ShutdownWait() {}

    static void run(AutoCloseable running) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(running), "im-shutdown"));
        stopped.await();
    }

    private static void close(AutoCloseable running) {
        try {
            running.close();
            log.info("Stopped");
        } catch (Exception e) {
            log.error("Failed to stop cleanly", e);
        }
    }
}
