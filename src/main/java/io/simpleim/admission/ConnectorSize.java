package io.simpleim.admission;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits the number of WebSockets to what the container's connector can hold. Tomcat counts idle WebSockets towards the
 * connector's {@code maxConnections}; at that limit it answers no request, not even a health check. Thread-safe.
 */
public final class ConnectorSize {
    private static final Logger log = LoggerFactory.getLogger(ConnectorSize.class);

    /** Share of {@code maxConnections} that WebSockets may take, in tenths. */
    private static final long WEB_SOCKET_TENTHS = 9;

    private ConnectorSize() {}

    /**
     * Returns the number of WebSockets to accept: {@code wanted}, or less if that would not leave a tenth of the largest
     * connector to other requests. Small connectors are for operators and do not count.
     */
    public static int webSocketLimit(int wanted) {
        return webSocketLimit(wanted, ManagementFactory.getPlatformMBeanServer());
    }

    static int webSocketLimit(int wanted, MBeanServer beans) {
        long largest = 0;
        try {
            for (ObjectName pool : beans.queryNames(new ObjectName("*:type=ThreadPool,name=\"http*\""), null)) {
                // -1 means unlimited.
                if (beans.getAttribute(pool, "maxConnections") instanceof Integer connections) {
                    largest = Math.max(largest, connections > 0 ? connections : Integer.MAX_VALUE);
                }
            }
        } catch (JMException e) {
            log.debug("The size of the connector is unknown: {}", e.toString());
        }
        if (largest == 0 || largest * WEB_SOCKET_TENTHS / 10 >= wanted) {
            return wanted;
        }
        int accepted = (int) Math.max(1, largest * WEB_SOCKET_TENTHS / 10);
        log.info("{} WebSockets are accepted, nine tenths of the connector's maxConnections", accepted);
        return accepted;
    }
}
