package io.simpleim.store.mongo;

import com.mongodb.internal.connection.PowerOfTwoBufferPool;
import java.lang.reflect.Method;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what the driver leaves running when its last client is closed: the thread {@code BufferPoolPruner}, which belongs
 * to the driver's class. It would keep all classes of a web application in memory that was stopped.
 */
public final class DriverThreads {
    private static final Logger log = LoggerFactory.getLogger(DriverThreads.class);

    private DriverThreads() {}

    /** For the end of a web application that carries the driver; buffers of a shared one are others' business too. */
    public static void end() {
        if (Objects.equals(PowerOfTwoBufferPool.class.getClassLoader(), DriverThreads.class.getClassLoader())) {
            endPruning();
        }
    }

    /** The driver has a method for it, but offers it to nobody; one that lacks it ends the thread itself. */
    private static void endPruning() {
        try {
            Method disable = PowerOfTwoBufferPool.class.getDeclaredMethod("disablePruning");
            disable.setAccessible(true);
            disable.invoke(PowerOfTwoBufferPool.DEFAULT);
        } catch (ReflectiveOperationException | RuntimeException e) {
            log.debug("The driver's buffers are pruned for ever", e);
        }
    }
}
