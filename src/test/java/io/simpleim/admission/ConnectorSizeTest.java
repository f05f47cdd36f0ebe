package io.simpleim.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import javax.management.MBeanServerFactory;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real Tomcat, which tells its size by JMX. */
class ConnectorSizeTest {
    private final Tomcat tomcat = new Tomcat();

    @AfterEach
    void stop() throws Exception {
        tomcat.destroy();
    }

    @Test
    void aTenthOfTheConnectorIsReservedForOtherRequests(@TempDir Path folder) throws Exception {
        start(folder, 100);

        assertThat(ConnectorSize.webSocketLimit(18_000)).isEqualTo(90);
        assertThat(ConnectorSize.webSocketLimit(50)).isEqualTo(50);
    }

    @Test
    void aConnectorWithoutALimitDoesNotLimitWebSockets(@TempDir Path folder) throws Exception {
        start(folder, -1);

        assertThat(ConnectorSize.webSocketLimit(18_000)).isEqualTo(18_000);
    }

    @Test
    void aContainerWithoutConnectorBeansDoesNotLimitWebSockets() {
        assertThat(ConnectorSize.webSocketLimit(18_000, MBeanServerFactory.newMBeanServer()))
                .isEqualTo(18_000);
    }

    private void start(Path folder, int maxConnections) throws Exception {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("maxConnections", Integer.toString(maxConnections));
        tomcat.init();
    }
}
