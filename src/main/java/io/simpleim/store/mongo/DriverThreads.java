package io.simpleim.store.mongo;

import com.mongodb.internal.connection.PowerOfTwoBufferPool;
import java.lang.reflect.Method;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the thread {@code BufferPoolPruner}, which the driver leaves running when its last client is closed. The thread
 * would keep all classes of a stopped web application in memory.
 */
public final class DriverThreads {
    private static final Logger log = LoggerFactory.getLogger(DriverThreads.class);

    private DriverThreads() {}

    /** Ends the thread if this web application carries the driver; a shared driver is left alone. Called at shutdown. */
    public static void end() {
        if (Objects.equals(PowerOfTwoBufferPool.class.getClassLoader(), DriverThreads.class.getClassLoader())) {
            endPruning();
        }
    }

    /** The driver has a private method for this; driver versions without it end the thread themselves. */
    private static void endPruning() {
        try {
            Method disable = PowerOfTwoBufferPool.class.getDeclaredMethod("disablePruning");
            disable.setAccessible(true);
            disable.invoke(PowerOfTwoBufferPool.DEFAULT);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("The MongoDB driver's pruning thread could not be ended", e);
        }
    }
}
