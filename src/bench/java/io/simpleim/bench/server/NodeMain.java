package io.simpleim.bench.server;

import io.simpleim.config.source.ConfigLoader;
import java.nio.file.Path;
import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Runs the server as one node of a cluster over external stores. Settings, including the stores' addresses, come from
 * the environment. Arguments: an ignored one, and a folder.
 */
final class NodeMain {
    private NodeMain() {}

    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        SLF4JBridgeHandler.install();
        ServerMain.serve(ConfigLoader.defaults(System.getenv()), Path.of(args[1]));
    }
}
