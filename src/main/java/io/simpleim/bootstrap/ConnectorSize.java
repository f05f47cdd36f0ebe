package io.simpleim.bootstrap;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many connections the container takes. Tomcat counts idle WebSockets among its connector's {@code maxConnections},
 * and beyond those answers nobody, not even who asks whether it is alive.
 */
final class ConnectorSize {
    private static final Logger log = LoggerFactory.getLogger(ConnectorSize.class);

    /** Of ten. */
    private static final long FOR_WEB_SOCKETS = 9;

    private ConnectorSize() {}

    /** A number of WebSockets that leaves a tenth of the largest connector to others (small ones are for operators); at most {@code wanted}. */
    static int leaveRoom(int wanted) {
        return leaveRoom(wanted, ManagementFactory.getPlatformMBeanServer());
    }

    static int leaveRoom(int wanted, MBeanServer beans) {
        long largest = 0;
        try {
            for (ObjectName pool : beans.queryNames(new ObjectName("*:type=ThreadPool,name=\"http*\""), null)) {
                // -1: without a limit.
                if (beans.getAttribute(pool, "maxConnections") instanceof Integer connections) {
                    largest = Math.max(largest, connections > 0 ? connections : Integer.MAX_VALUE);
                }
            }
        } catch (JMException e) {
            log.debug("The size of the connector is not known: {}", e.toString());
        }
        if (largest == 0 || largest * FOR_WEB_SOCKETS / 10 >= wanted) {
            return wanted;
        }
        int most = (int) Math.max(1, largest * FOR_WEB_SOCKETS / 10);
        log.info("{} WebSockets are taken, nine tenths of the connector's maxConnections", most);
        return most;
    }
}
