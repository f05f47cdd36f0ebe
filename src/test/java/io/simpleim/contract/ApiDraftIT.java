package io.simpleim.contract;

import io.simpleim.testing.ConfiguredServer;
import io.simpleim.testing.Deployment;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** All groups over a server in this process. */
class ApiDraftIT implements AllGroups {
    private static ConfiguredServer server;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        server = ConfiguredServer.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    public Deployment deployment() {
        return server;
    }
}
